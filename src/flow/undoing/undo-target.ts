import type { GrantOver } from '../../core/grants/grant-over';
import type { ResourceRule, RunbookRunRecord } from '../../core/ledger/remediation-record';
import { runsInEffect } from '../../core/ledger/runs-in-effect';
import { planUndo } from '../../core/planning/undo/plan-undo';
import type { UndoPlan } from '../../core/planning/undo/undo-plan';
import { undoAsPlan } from '../../core/planning/undo/undo-as-plan';
import type { Resource } from '../../core/resource';
import { because, type EndReason } from '../../core/reasons/because';
import { failure, success, type Result } from '../../core/result';
import type { CloseTargetPorts, ClosingResult } from '../closing/close-target';
import type { PortResult } from '../ports';
import { addToRecord, type Progress } from '../remediation/progress';
import { runSteps } from '../running/run-steps';
import { hasTakenEffect } from '../running/step-effect';
import { createRetryBudget } from '../running/retry-budget';

/** What the ledger knows of the closing: the rules before it, and what it did to them. */
export interface Undoable {
  readonly before: Resource;
  readonly runs: readonly RunbookRunRecord[];
  /** What was open at some time after it. */
  readonly openLater: readonly ResourceRule[];
  readonly grantsOver: readonly GrantOver[];
}

/** What must be known elsewhere before a plan of an undo runs. */
export type BeforeUndo = (plan: UndoPlan, current: Resource, round: number) => Promise<Result<undefined, EndReason>>;

export interface UndoResult extends ClosingResult {
  /** Nothing is left that a second try could put back. */
  readonly isOver: boolean;
}

/**
 * Observes, plans and runs until the rules show that nothing is left to put back or to take away. As with closing, what
 * counts is the last read-back, and rules that change under the plan are planned again.
 */
export async function undoTarget(
  progress: Progress,
  closing: Undoable,
  beforeUndo: BeforeUndo,
  ports: CloseTargetPorts,
): Promise<UndoResult> {
  let stopped: readonly EndReason[] | undefined;
  const retryBudget = createRetryBudget(ports.durable);
  for (let round = 0; ; round++) {
    const reading = await readForWork(progress, closing, round, ports);
    if (!reading.ok) {
      const { cause } = reading.error;
      return unreadable(progress, [...retryBudget.lastFailure(), { code: 'service-failed', cause }]);
    }
    if (reading.value.kind === 'gone') {
      return { outcome: 'not-needed', ...because({ code: 'resource-gone' }), isOver: false };
    }
    const { resource: after, plan, isStale } = reading.value;
    // A stale read shows closed what the undo has opened: nobody is notified of anything from it.
    const seen = isStale ? {} : { after };
    if (progress.record.before !== undefined && progress.record.runs.length === 0) {
      // Nothing ran: what is there now and was not there then is somebody else's work.
      addToRecord(progress, { before: after, plan: undoAsPlan(plan, after.kind) });
    }
    if (plan.steps.length === 0) {
      const end = endOf(progress, plan, closing);
      return isStale && end.outcome === 'undone' ? { ...end, ...NOT_READ_BACK } : { ...end, ...seen };
    }
    stopped = retryBudget.keptChanging() ?? stopped;
    if (stopped !== undefined) return { ...brokenOff(progress, stopped), ...seen };

    const before = progress.record.before ?? after;
    addToRecord(progress, { before, plan: undoAsPlan(plan, after.kind) });
    const prepared = await prepare(progress, () => beforeUndo(plan, after, round), round, ports);
    if (!prepared.ok) return { ...brokenOff(progress, [prepared.error]), ...seen };
    const end = await runSteps(progress, { steps: plan.steps, planned: after }, round, ports);
    stopped = await retryBudget.count(end, round);
    ports.log.info('Undo ran', {
      remediationId: progress.record.remediationId,
      target: progress.record.target.id,
      round,
    });
  }
}

async function prepare(
  { record }: Progress,
  beforeUndo: () => ReturnType<BeforeUndo>,
  round: number,
  { durable, ledger }: CloseTargetPorts,
): ReturnType<BeforeUndo> {
  const stored = await durable.step(`store before-state ${String(round)}`, () => ledger.saveRemediation(record));
  if (stored.ok) return beforeUndo();
  return failure({ code: 'undo-not-stored', cause: stored.error.cause });
}

type Reading =
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'found';
      readonly resource: Resource;
      readonly plan: UndoPlan;
      /** What this undo did, and saw done, does not show: an older state, or somebody changed it at once. */
      readonly isStale: boolean;
    };

const PAUSE_SECONDS = 2;
const MAX_READS = 4;

/**
 * EC2 is eventually consistent, so one read is not enough to say that there is nothing to do, nor that what was run
 * and seen is to be done again.
 * https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
async function readForWork(
  { record }: Progress,
  { before, runs, openLater, grantsOver }: Undoable,
  round: number,
  { durable, targets }: CloseTargetPorts,
): PortResult<Reading> {
  for (let read = 0; ; read++) {
    const name = `${String(round)}.${String(read)}`;
    const observed = await durable.step(`observe ${name}`, () => targets.observe(record.target, record.remediationId));
    if (!observed.ok) return observed;
    if (observed.value.kind === 'gone') return success({ kind: 'gone' });
    const { resource } = observed.value;
    // What this undo was seen to take back is done: should it show otherwise now, somebody did that, or the read is
    // stale.
    const plan = planUndo({ before, runs: runsInEffect(runs, [record]), current: resource, openLater, grantsOver });
    const work = plan.steps.length > 0;
    const isStale = !showsRuns(record.runs, resource);
    const certain = round === 0 ? work || read > 0 : !(work || isStale) || read + 1 === MAX_READS;
    if (certain) return success({ kind: 'found', resource, plan, isStale });
    await durable.sleep(`look again ${name}`, PAUSE_SECONDS);
  }
}

/** Whether what the runs were seen to put back is there. */
function showsRuns(runs: readonly RunbookRunRecord[], resource: Resource): boolean {
  return runs.every(({ step, end }) => end !== 'effect-seen' || hasTakenEffect(step, resource));
}

/** Nothing is left to do. */
function endOf({ record }: Progress, { leftAlone }: UndoPlan, { runs }: Undoable): Omit<UndoResult, 'after'> {
  const isLeft = leftAlone.length > 0;
  const left = because({ code: 'some-left-alone' }, ...leftAlone);
  if (record.runs.length === 0) {
    const already = runs.some(mayHaveChanged) ? 'nothing-left-as-it-was' : 'nothing-was-changed';
    return { outcome: 'nothing-to-undo', ...(isLeft ? left : because({ code: already })), isOver: false };
  }
  if (isLeft) return { outcome: 'partly-undone', ...left, isOver: true };
  return { outcome: 'undone', ...because({ code: 'undone' }), isOver: true };
}

/** Nothing is called undone that was not read back. */
const NOT_READ_BACK = { outcome: 'could-not-tell', ...because({ code: 'undo-not-read-back' }) } as const;

function brokenOff({ record }: Progress, reasons: readonly EndReason[]): Omit<UndoResult, 'after'> {
  const didSomething = record.runs.some(({ end }) => end === 'effect-seen');
  return { outcome: didSomething ? 'partly-undone' : 'failed', ...because(...reasons), isOver: false };
}

function unreadable({ record }: Progress, reasons: readonly EndReason[]): UndoResult {
  // Where nothing ran, what is there is what was there before.
  const outcome = record.runs.length === 0 ? 'failed' : 'could-not-tell';
  return { outcome, ...because(...reasons), isOver: false };
}

function mayHaveChanged({ end }: RunbookRunRecord): boolean {
  return end === undefined || end === 'effect-seen' || end === 'unknown';
}
