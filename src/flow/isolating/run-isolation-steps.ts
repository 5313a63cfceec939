import type { IsolationRunEnd, IsolationStep } from '../../core/isolation/isolation';
import { shownOf, type Shown } from '../../core/isolation/step-shows';
import { isCertified } from '../../core/ledger/has-certificate';
import type { IsolationReason } from '../../core/reasons/isolation-reasons';
import { success } from '../../core/result';
import { POLL_SECONDS, POLLS_BEFORE_ASKING } from '../limits';
import type { IsolableQuestion, PortResult, RunbookRun, RunbookStatus } from '../ports';
import { addToRecord, type Progress } from '../remediation/progress';
import type { IsolatingPorts } from './observe-isolable';

export type StepsEnd =
  /** Every effect shows, or somebody was faster: read again, and plan again. */
  | { readonly kind: 'read-again'; readonly changed: boolean }
  | { readonly kind: 'stopped'; readonly why: IsolationReason };

/** One run is started a second in an account and Region: https://docs.aws.amazon.com/general/latest/gr/ssm.html */
const SECONDS_BETWEEN_STARTS = 1;

/** Reads that a successful run gets for its effect to show: EC2 is eventually consistent. */
const READS_AFTER_SUCCESS = 3;

/**
 * EC2's answers when another isolation in the VPC was faster: it made the same group, or emptied it. An interface with
 * other groups shows by itself.
 */
const CHANGED_CODES: readonly (string | undefined)[] = ['InvalidGroup.Duplicate', 'InvalidPermission.NotFound'];

/** Starts the runs of all steps, and waits until the target shows what they did. */
export async function runIsolationSteps(
  progress: Progress,
  steps: readonly IsolationStep[],
  { round, question }: { readonly round: number; readonly question: IsolableQuestion },
  ports: IsolatingPorts,
): Promise<StepsEnd> {
  const underWay: UnderWay[] = [];
  for (const [index, step] of steps.entries()) {
    const position = `${String(round)}.${String(index)}`;
    if (index > 0) await ports.durable.sleep(`pause before ${position}`, SECONDS_BETWEEN_STARTS);
    const started = await startStep(progress, step, position, ports);
    if (!started.ok) {
      // What was started before is waited for: it may be what makes the next read right.
      await awaitShown(progress, underWay, round, question, ports);
      return { kind: 'stopped', why: { code: 'isolation-call-failed', cause: started.error.cause } };
    }
    underWay.push(started.value);
  }
  return awaitShown(progress, underWay, round, question, ports);
}

interface UnderWay {
  readonly run: RunbookRun<IsolationStep>;
  readonly step: IsolationStep;
  readonly executionId?: string;
}

async function startStep(
  progress: Progress,
  step: IsolationStep,
  position: string,
  { clock, durable, runbooks }: IsolatingPorts,
): PortResult<UnderWay> {
  const { target, remediationId, action } = progress.record;
  if (!isCertified(action)) throw new Error(`A remediation of kind ${action} runs nothing.`);
  const run: RunbookRun<IsolationStep> = { target, remediationId, action, runId: `${remediationId}/${position}`, step };
  const started = await durable.step(`start ${step.call} ${position}`, async () => {
    const startedAt = clock.now().toISOString();
    const begun = await runbooks.start(run);
    return begun.ok ? success({ ...begun.value, startedAt }) : begun;
  });
  if (!started.ok) return started;
  const { executionId, startedAt } = started.value;
  const id = executionId === undefined ? {} : { executionId };
  noteRuns(progress, (runs) => [...runs, { ...id, runId: run.runId, step, startedAt }]);
  return success({ run, step, ...id });
}

type Runs = NonNullable<Progress['record']['isolation']>['runs'];

function noteRuns(progress: Progress, change: (runs: Runs) => Runs): void {
  const { isolation } = progress.record;
  if (isolation === undefined) throw new Error('Nothing is run before what was there is recorded.');
  addToRecord(progress, { isolation: { ...isolation, runs: change(isolation.runs) } });
}

function noteEnd(progress: Progress, { run }: UnderWay, end: IsolationRunEnd): void {
  noteRuns(progress, (runs) => runs.map((each) => (each.runId === run.runId ? { ...each, end } : each)));
}

async function awaitShown(
  progress: Progress,
  underWay: readonly UnderWay[],
  round: number,
  question: IsolableQuestion,
  ports: IsolatingPorts,
): Promise<StepsEnd> {
  let pending = underWay;
  let changed = false;
  let stopped: IsolationReason | undefined;
  const reads = new Map<UnderWay, number>();
  for (const [poll, seconds] of POLL_SECONDS.entries()) {
    if (pending.length === 0) break;
    const name = `${String(round)}.${String(poll)}`;
    await ports.durable.sleep(`wait ${name}`, seconds);
    const read = await readEffects(name, progress, pending, question, ports);
    if (!read.ok) {
      for (const one of pending) noteEnd(progress, one, 'unknown');
      return { kind: 'stopped', why: { code: 'isolation-call-failed', cause: read.error.cause } };
    }
    const still: UnderWay[] = [];
    for (const [index, one] of pending.entries()) {
      const shown = read.value[index];
      if (shown === 'effect') noteEnd(progress, one, 'effect-seen');
      else if (shown === 'changed') {
        changed = true;
        noteEnd(progress, one, 'changed');
      } else still.push(one);
    }
    pending = still;
    if (poll + 1 < POLLS_BEFORE_ASKING) continue;
    for (const one of still) {
      const status = await askWhy(one, name, ports);
      if (status?.kind === 'failed') {
        pending = pending.filter((each) => each !== one);
        const isChange = CHANGED_CODES.includes(status.code);
        noteEnd(progress, one, isChange ? 'changed' : 'failed');
        if (isChange) changed = true;
        else stopped ??= { code: 'isolation-call-failed', cause: status.reason };
      }
      if (status?.kind !== 'succeeded') continue;
      const seen = (reads.get(one) ?? 0) + 1;
      reads.set(one, seen);
      if (seen < READS_AFTER_SUCCESS) continue;
      // It worked, and somebody put back at once what was there.
      pending = pending.filter((each) => each !== one);
      changed = true;
      noteEnd(progress, one, 'changed');
    }
  }
  for (const one of pending) noteEnd(progress, one, 'no-effect');
  const [unseen] = pending;
  if (unseen !== undefined) stopped ??= { code: 'isolation-not-shown', call: unseen.step.call };
  return stopped === undefined ? { kind: 'read-again', changed } : { kind: 'stopped', why: stopped };
}

/** Answers little: every read is stored. */
function readEffects(
  name: string,
  { record: { target, remediationId } }: Progress,
  pending: readonly UnderWay[],
  question: IsolableQuestion,
  { durable, isolables }: IsolatingPorts,
): PortResult<readonly Shown[]> {
  return durable.step(`look ${name}`, async () => {
    const observed = await isolables.observe(target, question, remediationId);
    if (!observed.ok) return observed;
    const { value } = observed;
    return success(
      pending.map(({ step }): Shown => (value.kind === 'gone' ? 'changed' : shownOf(step, value.isolable))),
    );
  });
}

/** Undefined where SSM does not say. */
async function askWhy(
  { run, executionId }: UnderWay,
  name: string,
  { durable, runbooks, log }: IsolatingPorts,
): Promise<RunbookStatus | undefined> {
  if (executionId === undefined) return undefined;
  const status = await durable.step(`ask ${run.runId} ${name}`, () => runbooks.getStatus(run, executionId));
  if (status.ok) return status.value;
  log.warn('Runbook status unknown', { remediationId: run.remediationId, cause: status.error.cause });
  return undefined;
}
