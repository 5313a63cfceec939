import type { ControlId, RequestedControl } from '../../core/controls/control-id';
import { openBy } from '../../core/exceptions/describe-exception';
import type { Restored } from '../../core/ledger/restored';
import { mayHaveTakenEffect } from '../../core/ledger/may-have-taken-effect';
import type { RemediationOutcome, RemediationRecord } from '../../core/ledger/remediation-record';
import type { NetworkAcl } from '../../core/network/network-acl';
import { renderEntry } from '../../core/network/network-acl-entry';
import type { Plan } from '../../core/planning/plan';
import { planClosing } from '../../core/planning/plan-closing';
import type { PlanPolicy } from '../../core/planning/plan-policy';
import { decide } from '../../core/policy/decide';
import { deferControls, type DeferredControls } from '../../core/policy/defer-controls';
import { planTakingBack, takingBackAsPlan, type TakingBack } from '../../core/planning/undo/plan-taking-back';
import { because } from '../../core/reasons/because';
import type { Reason } from '../../core/reasons/reason';
import type { Resource } from '../../core/resource';
import { success } from '../../core/result';
import { toVerdict } from '../../core/verification/to-verdict';
import { beforeOf } from '../running/before-of';
import { observeForVerdict } from '../running/observe-for-verdict';
import type { ObservationWithContext } from '../running/observe-with-context';
import type { Ledger } from '../ports';
import { couldNotTell } from './could-not-tell';
import type { HeldBack, Holds } from './held-back';
import type { IsAsShown } from './is-as-shown';
import type { StopForUndo } from './stop-for-undo';
import { addToRecord, replaceRecord, type Progress } from '../remediation/progress';
import type { RunStepPorts } from '../running/run-step';
import { runSteps, type StepsResult } from '../running/run-steps';
import { createRetryBudget } from '../running/retry-budget';

export interface CloseTargetPorts extends RunStepPorts {
  readonly ledger: Ledger;
}

/** How a remediation ended, as the rules themselves say. */
export interface ClosingResult {
  readonly outcome: Exclude<RemediationOutcome, 'running'>;
  readonly reason: string;
  /** The same as data. */
  readonly reasons: readonly Reason[];
  /** The plan cannot run as it is, whoever wants it. */
  readonly isStuck?: true;
  /** The resource as last read; undefined when it is gone or could not be read. */
  readonly after?: Resource;
}

export interface ToClose {
  readonly controls: readonly RequestedControl[];
  readonly policy: PlanPolicy;
  /** A look at the target from a moment ago, in place of the first one where it shows something open. */
  readonly first?: ObservationWithContext;
  /** What undos have put back on the target, and whose controls may take it away again. */
  readonly restored: Restored;
  readonly byPerson: ReadonlySet<ControlId>;
  /** Missing where nobody was shown a plan that must still be the same. */
  readonly isAsShown: IsAsShown | undefined;
  /** An undo may be chosen while it runs. */
  readonly stop: StopForUndo;
  /** Asked before anything is changed; a reason leaves it to a person. Missing where a person chose it. */
  readonly admit?: Holds['admit'];
  /** Asked again while the first call waits for its turn with SSM. Missing where a person chose it. */
  readonly heldBack?: Holds['heldBack'];
  /** Called with the waits of a plan that runs, in seconds. */
  readonly onWaited?: (seconds: number) => Promise<void>;
  /** Called when some of the controls are left to a person and the others go on. */
  readonly onHeld: (controls: DeferredControls['controls']) => void;
}

/**
 * Observes, plans and runs until the rules show that the requested controls forbid nothing any more. Rules that change
 * under the plan are planned again, and so is what a service failed to do transiently. Whatever the runs
 * say, what counts is the last read-back.
 */
export async function closeTarget(
  progress: Progress,
  {
    controls: requested,
    policy,
    first,
    restored,
    byPerson,
    isAsShown,
    stop,
    admit,
    heldBack,
    onHeld,
    onWaited,
  }: ToClose,
  ports: CloseTargetPorts,
): Promise<ClosingResult> {
  let controls = requested;
  let failed: Pick<ClosingResult, 'outcome' | 'reason' | 'reasons'> | undefined;
  let isOverQuota = false;
  let isPlannedAgain = false;
  let takenBack = 0;
  const retryBudget = createRetryBudget(ports.durable);
  for (let round = 0; ; round++) {
    const { target } = progress.record;
    const asked = { record: progress.record, controls, policy, restored, first: round === 0 ? first : undefined };
    const observed = await observeForVerdict(asked, round, ports);
    if (!observed.ok) {
      const { cause } = observed.error;
      return { outcome: 'could-not-tell', ...because(...retryBudget.lastFailure(), { code: 'service-failed', cause }) };
    }
    if (observed.value.kind === 'gone') return { outcome: 'not-needed', ...because({ code: 'resource-gone' }) };
    const after = observed.value.resource;
    const { context } = observed.value;
    if (context !== undefined) addToRecord(progress, { context });
    const verdict = toVerdict(observed.value, controls);
    if (verdict.kind === 'closed') {
      const back = planTakingBack({ ...progress.record, before: progress.record.before, current: after });
      if (back.steps.length > 0 && takenBack < MOST_TAKEN_BACK) {
        takenBack += 1;
        const end = await takeBack(progress, back, after, round, ports);
        isPlannedAgain = end !== 'ran';
        continue;
      }
      if (isPlannedAgain || isUntouched(progress.record)) {
        const again = planClosing({ resource: after, controls, policy, account: target.account });
        const plan = withGivenUp(progress.record, again);
        addToRecord(progress, { ...beforeOf(progress.record, after), plan });
      }
      const isExcepted = isOpenByException(after, controls);
      return { ...(isExcepted ? exceptedBy(progress.record) : closedBy(progress.record, back)), after };
    }
    if (failed && !isUntouched(progress.record)) return { ...failed, after };
    if (verdict.kind === 'could-not-tell') {
      if (isUntouched(progress.record)) {
        // The plan was one for what is not there any more.
        const { plan: _, ...record } = progress.record;
        replaceRecord(progress, { ...record, before: after });
      }
      const { reason, reasons } = verdict;
      return { outcome: 'could-not-tell', reason, reasons, after };
    }

    const refusedBeyond = isOverQuota && after.kind === 'network-acl' ? inboundOf(after) : undefined;
    const made = planClosing({ resource: after, controls, policy, account: target.account, refusedBeyond });
    const plan = withGivenUp(progress.record, made);
    addToRecord(progress, { ...beforeOf(progress.record, after), plan });
    if (failed) return { ...failed, after };
    if (isOverQuota && after.kind === 'security-group') {
      return { outcome: 'asked', ...because({ code: 'rules-refused' }), isStuck: true, after };
    }
    const held = deferControls({ violations: plan.violations, resource: after, restored, byPerson });
    if (held.controls.size > 0) {
      const others = controls.filter(({ id }) => !held.controls.has(id));
      if (others.length === 0) return { outcome: 'asked', ...because(...held.reasons), after };
      controls = others;
      onHeld(held.controls);
      continue;
    }
    const decision = decide({ target: 'found', plan });
    if (decision.kind === 'ask') {
      return { outcome: 'asked', reason: decision.reason, reasons: decision.reasons, isStuck: true, after };
    }
    if (plan.steps.length === 0) throw new Error(`The plan for ${target.id} closes nothing, though it is open.`);
    if (isAsShown !== undefined && isUntouched(progress.record)) {
      const shown = await isAsShown(plan);
      if (!shown.ok) return { ...couldNotTell(shown.error.cause), after };
      if (!shown.value) return { outcome: 'asked', ...because({ code: 'not-as-shown' }), after };
    }
    const keptChanging = retryBudget.keptChanging();
    if (keptChanging !== undefined) return { outcome: 'still-open', ...because(...keptChanging), after };
    const stored = await ports.durable.step<Stored>(`store before-state ${String(round)}`, async () => {
      const admitted = isUntouched(progress.record) && admit !== undefined ? await admit() : success(undefined);
      if (!admitted.ok) return admitted;
      if (admitted.value !== undefined) return success({ asks: admitted.value });
      const saved = await ports.ledger.saveRemediation(progress.record);
      return saved.ok ? stop.fetchStoppedBy() : saved;
    });
    if (!stored.ok) {
      const isBegun = progress.record.runs.some(mayHaveTakenEffect);
      const { cause } = stored.error;
      return { outcome: 'failed', ...because({ code: 'before-state-not-stored', isBegun, cause }), after };
    }
    if (typeof stored.value === 'object' && stored.value !== null) {
      return { outcome: 'asked', ...because(stored.value.asks), after };
    }
    if (stored.value !== null) {
      return { outcome: 'stopped', ...because({ code: 'stopped-by-undo', decidedBy: stored.value }), after };
    }
    const runPorts = { ...ports, stop, ...(onWaited && { onWaited }), ...(heldBack && { heldBack }) };
    const end = await runSteps(progress, { steps: plan.steps, planned: after }, round, runPorts);
    if (end.kind === 'stopped' && end.heldBack !== undefined)
      return { outcome: 'asked', ...because(end.heldBack), after };
    isOverQuota = end.kind === 'stopped' && end.isOverQuota === true;
    // Whatever is found then, the plan was not one for it.
    isPlannedAgain = (end.kind === 'rules-changed' || isOverQuota) && progress.record.runs.some(mayHaveTakenEffect);
    // What EC2 counts is not what the plan counted: another plan does with less, or a person is asked.
    const counted: StepsResult = isOverQuota ? { kind: 'rules-changed', why: { code: 'refused-by-quota' } } : end;
    const stopped = stop.reason();
    const why = stopped === undefined ? await retryBudget.count(counted, round) : [stopped];
    if (why !== undefined) failed = { outcome: stopped === undefined ? outcomeOf(end) : 'stopped', ...because(...why) };
    ports.log.info('Plan ran', { remediationId: progress.record.remediationId, target: target.id, round });
  }
}

/** Who stopped it meanwhile, null where nobody did; or why a person is asked before anything is changed. */
type Stored = string | null | { readonly asks: HeldBack };

/** Times that what was added is taken back, should somebody change it at once or a call not work. */
const MOST_TAKEN_BACK = 2;

/** Takes back what was authorized to stand in for rules that somebody changed before they could be revoked. */
async function takeBack(
  progress: Progress,
  back: TakingBack,
  after: Resource,
  round: number,
  ports: CloseTargetPorts,
): Promise<'ran' | 'not-whole'> {
  const plan = withGivenUp(progress.record, takingBackAsPlan(back, after));
  const record = { ...progress.record, ...beforeOf(progress.record, after), plan };
  const stored = await ports.durable.step(`store before-state ${String(round)}`, () =>
    ports.ledger.saveRemediation(record),
  );
  if (!stored.ok) return 'not-whole';
  replaceRecord(progress, record);
  const end = await runSteps(progress, { steps: back.steps, planned: after }, round, ports);
  const { remediationId, target } = record;
  ports.log.info('What was added is taken back', { remediationId, target: target.id, round, end: end.kind });
  return end.kind === 'ran' ? 'ran' : 'not-whole';
}

/** A plan was made and nothing of it ran: what is there now and was not there then is somebody else's work. */
function isUntouched({ before, runs }: RemediationRecord): boolean {
  return before !== undefined && runs.length === 0;
}

function inboundOf({ entries }: NetworkAcl): number {
  return entries.filter(({ Egress }) => !Egress).length;
}

/** What an earlier plan of this closing gave up is given up still. */
function withGivenUp({ plan: earlier, runs }: RemediationRecord, plan: Plan): Plan {
  const before = runs.length === 0 ? [] : (earlier?.givenUp ?? []);
  if (before.length === 0) return plan;
  const all = [...before, ...(plan.givenUp ?? [])];
  return { ...plan, givenUp: [...new Map(all.map((entry) => [renderEntry(entry), entry])).values()] };
}

function outcomeOf(end: StepsResult): 'still-open' | 'failed' {
  return end.kind === 'stopped' && end.end === 'no-effect' ? 'still-open' : 'failed';
}

/** Whether what exceptions leave open is what keeps a target from being closed. */
export function isOpenByException(resource: Resource, controls: readonly RequestedControl[]): boolean {
  if (controls.every(({ except }) => except === undefined)) return false;
  const plain = controls.map(({ id, parameters }) => ({ id, parameters }));
  return toVerdict({ kind: 'found', resource }, plain).kind !== 'closed';
}

/** Of a target that is open by exceptions only. */
export function exceptedBy({ runs, exceptions = [] }: RemediationRecord): ClosingResult {
  const did = runs.length === 0 ? 'nothing-open-beyond' : 'closed-beyond';
  return { outcome: 'excepted', ...because(openBy(exceptions), { code: did }) };
}

function closedBy(record: RemediationRecord, { steps, leftAlone }: TakingBack): ClosingResult {
  if (record.runs.length === 0) return { outcome: 'already-closed', ...because({ code: 'closed-already' }) };
  const stays = steps.length === 0 ? [] : [{ code: 'additions-stay' } as const];
  return { outcome: 'closed', ...because({ code: 'closed' }, ...leftAlone, ...stays) };
}
