import type { RequestedControl } from '../../core/controls/control-id';
import { stillRestored, type Restored } from '../../core/ledger/restored';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import { isEntry } from '../../core/network/network-acl-entry';
import type { PlanStep, Violation } from '../../core/planning/plan';
import { changesOfStep } from '../../core/planning/step-changes';
import type { Resource } from '../../core/resource';
import { success } from '../../core/result';
import { toVerdict } from '../../core/verification/to-verdict';
import type { PlanPolicy } from '../../core/planning/plan-policy';
import type { Durable, PortResult, Targets } from '../ports';
import { observeWithContext, type ObservationWithContext } from './observe-with-context';
import type { MadeByPorts } from './read-who-had-it-made';

const PAUSE_SECONDS = 2;
const MAX_READS = 4;

/**
 * After the start of an undo: its runs may take most of that, and a read may be behind them for seconds, by no promise
 * of EC2's.
 */
const SHOWN_AFTER_SECONDS = 300;

export interface ObservePorts {
  readonly durable: Durable;
  readonly ledger: MadeByPorts;
  readonly targets: Targets;
}

export interface ToObserve {
  readonly record: RemediationRecord;
  readonly controls: readonly RequestedControl[];
  readonly policy: PlanPolicy;
  readonly restored: Restored;
  /** A read from a moment ago, before anything ran. It serves where it shows something open. */
  readonly first?: ObservationWithContext | undefined;
}

/**
 * Reads the target until one read can carry a verdict. EC2 is eventually consistent, and a stale read shows an older
 * state, never a later one; so:
 * - a group that is closed though nothing ran is read twice: the finding saw it open. Where an undo has just
 *   opened it, and that does not show, the second read waits until it must;
 * - a violating rule that we revoked and saw gone is a stale read, since EC2 never gives a rule id again;
 * - an entry that we rewrote and saw rewritten is most likely one: should somebody have put it back, the last read says
 *   so. https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
export async function observeForVerdict(
  { record, controls, policy, restored, first }: ToObserve,
  round: number | 'policy' | 'decision' | 'exceptions',
  ports: ObservePorts,
): PortResult<ObservationWithContext> {
  if (first !== undefined && record.runs.length === 0 && toVerdict(first, controls).kind === 'still-open') {
    return success(first);
  }
  const gone = namesGone(record);
  for (let read = 0; ; read++) {
    const name = `${String(round)}.${String(read)}`;
    const observed = await ports.durable.step(`observe ${name}`, () =>
      observeWithContext(record, controls, policy, ports),
    );
    if (!observed.ok || observed.value.kind === 'gone' || read + 1 === MAX_READS) return observed;
    const verdict = toVerdict(observed.value, controls);
    const unconfirmed = verdict.kind === 'closed' && record.runs.length === 0 && read === 0;
    const stale = verdict.kind === 'still-open' && verdict.violations.every((each) => gone.has(nameOf(each)));
    if (!unconfirmed && !stale) return observed;
    const { resource } = observed.value;
    const pause = unconfirmed ? secondsUntilShown(restored, resource, record.startedAt) : PAUSE_SECONDS;
    await ports.durable.sleep(`look again ${name}`, pause);
  }
}

/** What was restored a moment ago and is not there: somebody has taken it away at once, or the read is older. */
function secondsUntilShown(restored: Restored, resource: Resource, startedAt: string): number {
  const shown = stillRestored(restored, resource);
  const latest = restored.filter((each) => !shown.includes(each)).map(({ at }) => Date.parse(at));
  const passed = (Date.parse(startedAt) - Math.max(...latest, -Infinity)) / 1000;
  return Math.max(PAUSE_SECONDS, Math.ceil(SHOWN_AFTER_SECONDS - passed));
}

function nameOf(violation: Violation): string {
  return 'ruleId' in violation ? violation.ruleId : entryName(violation.ruleNumber);
}

/** What the runs took away, and what was seen to be away. */
function namesGone({ runs }: RemediationRecord): ReadonlySet<string> {
  return new Set(runs.filter(({ end }) => end === 'effect-seen').flatMap(({ step }) => namesTakenBy(step)));
}

function namesTakenBy(step: PlanStep): readonly string[] {
  return changesOfStep(step).flatMap(({ effect, rule }) => {
    if (effect === 'adds') return [];
    return isEntry(rule) ? entryName(rule.RuleNumber) : (rule.SecurityGroupRuleId ?? []);
  });
}

function entryName(ruleNumber: number): string {
  return `entry ${String(ruleNumber)}`;
}
