import type { SecurityGroup } from '../../core/network/security-group-rule';
import type { SecurityGroupPlan } from '../../core/planning/plan';
import type { GrantReason } from '../../core/reasons/grant-reasons';
import { because, type EndReason } from '../../core/reasons/because';
import { success } from '../../core/result';
import type { CloseTargetPorts, ClosingResult } from '../closing/close-target';
import type { PortResult } from '../ports';
import { addToRecord, type Progress } from '../remediation/progress';
import { beforeOf } from '../running/before-of';
import { createRetryBudget } from '../running/retry-budget';
import { runSteps } from '../running/run-steps';

/** What is to be done about a group as it is: nothing any more, or the calls of a plan. */
export type NextStep =
  | { readonly kind: 'ended'; readonly result: Omit<ClosingResult, 'after'> }
  | { readonly kind: 'run'; readonly plan: SecurityGroupPlan };

export interface OneRule {
  readonly next: (group: SecurityGroup) => NextStep;
  /** How it ends where the group does not exist. */
  readonly gone: Omit<ClosingResult, 'after'>;
  /** Why it cannot be determined how it ended, where everything was run and does not show. */
  readonly notShown: GrantReason;
  /** What must be written down before anything runs. */
  readonly prepare: () => PortResult<void>;
}

const PAUSE_SECONDS = 2;
const MAX_READS = 4;

/**
 * Observes and runs until the group shows that nothing is left to do. As with closing, what counts is the last
 * read-back, and what a service failed to do transiently is tried again.
 */
export async function changeOneRule(
  progress: Progress,
  rule: OneRule,
  ports: CloseTargetPorts,
): Promise<ClosingResult> {
  const retryBudget = createRetryBudget(ports.durable);
  let stopped: readonly EndReason[] | undefined;
  for (let round = 0; ; round++) {
    const reading = await readForWork(progress, rule, round, ports);
    if (!reading.ok) {
      const why = because(...retryBudget.lastFailure(), { code: 'service-failed', cause: reading.error.cause });
      return { outcome: progress.record.runs.length === 0 ? 'failed' : 'could-not-tell', ...why };
    }
    if (reading.value === null) return rule.gone;
    const { group, step, isStale } = reading.value;
    if (step.kind === 'ended') return { ...step.result, after: group };
    if (isStale) return { outcome: 'could-not-tell', ...because(rule.notShown), after: group };
    stopped = retryBudget.keptChanging() ?? stopped;
    if (stopped !== undefined) return { outcome: outcomeOf(progress), ...because(...stopped), after: group };

    const { plan } = step;
    addToRecord(progress, { ...beforeOf(progress.record, group), plan });
    const stored = await ports.durable.step(`store before-state ${String(round)}`, async () => {
      const prepared = await rule.prepare();
      return prepared.ok ? ports.ledger.saveRemediation(progress.record) : prepared;
    });
    if (!stored.ok) {
      const why = because({ code: 'grant-not-stored', cause: stored.error.cause });
      return { outcome: outcomeOf(progress), ...why, after: group };
    }
    const end = await runSteps(progress, { steps: plan.steps, planned: group }, round, ports);
    stopped = await retryBudget.count(end, round);
  }
}

/** A call whose end nobody saw may show later. */
function outcomeOf({ record }: Progress): 'failed' | 'could-not-tell' {
  return record.runs.some(({ end }) => end === 'unknown' || end === 'no-effect') ? 'could-not-tell' : 'failed';
}

interface Reading {
  readonly group: SecurityGroup;
  readonly step: NextStep;
  /** What was run, and seen, does not show. */
  readonly isStale: boolean;
}

/**
 * EC2 is eventually consistent: one read is not enough to say that there is nothing to do, nor that what was run and
 * seen is to be done again. Null where there is no such group.
 * https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
async function readForWork(
  { record }: Progress,
  { next }: OneRule,
  round: number,
  { durable, targets }: CloseTargetPorts,
): PortResult<Reading | null> {
  for (let read = 0; ; read++) {
    const name = `${String(round)}.${String(read)}`;
    const observed = await durable.step(`observe ${name}`, () => targets.observe(record.target, record.remediationId));
    if (!observed.ok) return observed;
    if (observed.value.kind === 'gone' || observed.value.resource.kind !== 'security-group') return success(null);
    const group = observed.value.resource;
    const step = next(group);
    const isStale = step.kind === 'run' && record.runs.some(({ end }) => end === 'effect-seen');
    const isUnconfirmed = step.kind === 'ended' && record.runs.length === 0 && read === 0;
    // A rule may show before its tags do.
    const isUnclear = step.kind === 'ended' && step.result.outcome === 'could-not-tell';
    if ((!isStale && !isUnconfirmed && !isUnclear) || read + 1 === MAX_READS) return success({ group, step, isStale });
    await durable.sleep(`look again ${name}`, PAUSE_SECONDS);
  }
}
