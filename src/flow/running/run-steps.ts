import { independentSteps } from '../../core/planning/independent-steps';
import { isCertified } from '../../core/ledger/has-certificate';
import type { PlanStep } from '../../core/planning/plan';
import type { Resource } from '../../core/resource';
import type { ClosingReason } from '../../core/reasons/closing-reasons';
import type { RunReason } from '../../core/reasons/run-reasons';
import { success } from '../../core/result';
import { orFail } from '../remediation/execution-failure';
import { entryBefore, isBlind, isEntryAsPlanned } from './is-entry-as-planned';
import {
  awaitEffects,
  startRun,
  type RunStepPorts,
  type RunUnderWay,
  type StepResult,
  type StepFailure,
} from './run-step';
import { addToRecord, type Progress } from '../remediation/progress';

export type StepsResult =
  | { readonly kind: 'ran' }
  /** What is there is not what the plan was made on any more: plan again. */
  | { readonly kind: 'rules-changed'; readonly why: RunReason }
  /** A call did not work, or showed no effect; those behind it were not started. */
  | ({
      readonly kind: 'stopped';
      readonly end: 'failed' | 'unknown' | 'no-effect';
      readonly why: readonly (RunReason | ClosingReason)[];
    } & Omit<StepFailure, 'why'>);

/** One run is started a second in an account and Region: https://docs.aws.amazon.com/general/latest/gr/ssm.html */
const SECONDS_BETWEEN_STARTS = 1;

/**
 * Runs the steps in their order: that order is what makes every state in between a safe one. Steps that do not depend
 * on each other are started one after the other, and waited for together; the next ones only once what these did is
 * there to be seen. The first that does not work stops the rest.
 */
export async function runSteps(
  progress: Progress,
  { steps, planned }: { readonly steps: readonly PlanStep[]; readonly planned: Resource },
  round: number,
  ports: RunStepPorts,
): Promise<StepsResult> {
  let from = 0;
  let stoppedBy: string | null | undefined;
  for (const group of independentSteps(steps)) {
    const earlier = steps.slice(0, from);
    const placed = group.map((step, offset) => ({
      step,
      index: from + offset,
      planned,
      earlier,
      position: `${String(round)}.${String(from + offset)}`,
    }));
    from += group.length;
    const ran = await runGroup(progress, placed, { stoppedBy, goesOn: from < steps.length }, ports);
    const { end, index, attempted } = ran;
    ({ stoppedBy } = ran);
    if (end.kind === 'effect-seen') continue;
    if (end.kind === 'rules-changed') return end;
    return {
      kind: 'stopped',
      end: end.kind,
      why: [end.why, ...whereItStopped(steps, index, attempted)],
      isTransient: end.kind !== 'no-effect' && end.isTransient,
      ...(end.kind === 'failed' && end.isOverQuota === true ? { isOverQuota: true } : {}),
      ...(end.kind === 'failed' && end.heldBack !== undefined ? { heldBack: end.heldBack } : {}),
    };
  }
  return { kind: 'ran' };
}

/** Where a step stands: in which plan, made on what, and behind which other steps. */
interface PlannedStep {
  readonly step: PlanStep;
  readonly index: number;
  readonly planned: Resource;
  /** Those of the groups before its own. */
  readonly earlier: readonly PlanStep[];
  /** `0.1`: the second step of the first plan. */
  readonly position: string;
}

interface GroupEnd {
  readonly end: StepResult;
  /** Of the step that it is about. */
  readonly index: number;
  /** Of the last step that was started, or could not be. */
  readonly attempted: number;
  /** Read as the last effect was seen: who stops it, null where it goes on. */
  readonly stoppedBy?: string | null;
}

/** What is before the group and behind it. */
interface Between {
  readonly stoppedBy: string | null | undefined;
  /** Other groups follow. */
  readonly goesOn: boolean;
}

async function runGroup(
  progress: Progress,
  group: readonly PlannedStep[],
  { stoppedBy, goesOn }: Between,
  ports: RunStepPorts,
): Promise<GroupEnd> {
  const underWay: (RunUnderWay & { readonly index: number })[] = [];
  const ends: Pick<GroupEnd, 'end' | 'index'>[] = [];
  let attempted = group[0]?.index ?? 0;
  for (const [offset, one] of group.entries()) {
    const { step, index, position } = one;
    if (offset > 0) {
      await ports.durable.sleep(`pause before ${position}`, SECONDS_BETWEEN_STARTS);
      await ports.onWaited?.(SECONDS_BETWEEN_STARTS);
    }
    const mayNot =
      (index === 0 ? undefined : await ports.stop?.mayGoOn(position, offset === 0 ? stoppedBy : undefined)) ??
      (await readBefore(progress, one, ports));
    if (mayNot === undefined) attempted = index;
    const begun = mayNot ?? (await beginRun(progress, one, ports));
    if ('kind' in begun) {
      attempted = index;
      ends.push({ end: begun, index });
      break;
    }
    underWay.push({ ...begun, name: `${step.call} ${position}`, index });
  }
  const seen = await awaitEffects(underWay, goesOn, ports);
  for (const [nth, { run, index }] of underWay.entries()) {
    const end = seen.ends[nth];
    if (end === undefined) continue;
    ends.push({ end, index });
    const runs = progress.record.runs.map((each) => (each.runId === run.runId ? { ...each, end: end.kind } : each));
    addToRecord(progress, { runs });
  }
  // A failure is reported before rules that have changed: another plan would meet it again.
  const worst =
    ends.find(({ end }) => end.kind !== 'effect-seen' && end.kind !== 'rules-changed') ??
    ends.find(({ end }) => end.kind === 'rules-changed');
  const { stoppedBy: read } = seen;
  const next = read === undefined ? {} : { stoppedBy: read };
  return { ...(worst ?? { end: { kind: 'effect-seen' }, index: attempted }), attempted, ...next };
}

/** Where a call would overwrite whatever is there; undefined when the step may run. */
async function readBefore(
  { record: { target, remediationId } }: Progress,
  { step, position, planned, earlier }: PlannedStep,
  { durable, targets }: RunStepPorts,
): Promise<StepResult | undefined> {
  if (!isBlind(step)) return undefined;
  const asPlanned = await durable.step(`look before ${step.call} ${position}`, async () => {
    const observed = await targets.observe(target, remediationId);
    if (!observed.ok) return observed;
    const { value } = observed;
    const current = value.kind === 'found' ? value.resource : undefined;
    return success(current !== undefined && isEntryAsPlanned(step, { planned, earlier, current }));
  });
  if (!asPlanned.ok) {
    const { cause, retryable: isTransient } = asPlanned.error;
    return { kind: 'failed', why: { code: 'service-failed', cause }, isTransient };
  }
  if (asPlanned.value) return undefined;
  const { RuleNumber: ruleNumber } = step.rules[0];
  return { kind: 'rules-changed', why: { code: 'entry-changed-meanwhile', ruleNumber } };
}

/** Starts the run of a step and writes it down; answers how it ended where it was not started. */
async function beginRun(
  progress: Progress,
  { step, position, planned, earlier }: PlannedStep,
  ports: RunStepPorts,
): Promise<StepResult | Omit<RunUnderWay, 'name'>> {
  const { target, remediationId, action } = progress.record;
  if (!isCertified(action)) throw new Error(`A remediation of kind ${action} runs nothing.`);
  const run = { target, remediationId, action, runId: `${remediationId}/${position}`, step };
  const name = `${step.call} ${position}`;
  const before = progress.record.runs;
  const started = await startRun(run, name, before.length === 0, ports);
  const replaced = entryBefore(step, { planned, earlier });
  const record = { runId: run.runId, step, ...(replaced === undefined ? {} : { replaced }) };
  if (started.ok) {
    if ('heldBack' in started.value) {
      const { heldBack } = started.value;
      const cause = heldBack.code === 'policy-changed' ? heldBack.change : heldBack.hold;
      return { kind: 'failed', why: { code: 'service-failed', cause }, isTransient: false, heldBack };
    }
    const { executionId, startedAt } = started.value;
    const running = { ...record, ...(executionId === undefined ? {} : { executionId }), startedAt };
    addToRecord(progress, { runs: [...before, running] });
    return { run, started: started.value };
  }
  const { cause, retryable: isTransient } = started.error;
  const why = { code: 'service-failed', cause } as const;
  if (!isTransient) return { kind: 'failed', why, isTransient };
  // The answer may be what was lost, not the start: an undo must know of it.
  const startedAt = await orFail(
    ports.durable.step(`note start ${name}`, () => Promise.resolve(success(ports.clock.now().toISOString()))),
  );
  addToRecord(progress, { runs: [...before, { ...record, startedAt, end: 'unknown' }] });
  return { kind: 'unknown', why, isTransient };
}

function whereItStopped(steps: readonly PlanStep[], index: number, attempted: number): readonly RunReason[] {
  if (steps.length === 1) return [];
  const call = steps[index]?.call ?? '';
  const notRun = steps.length - attempted - 1;
  return [{ code: 'stopped-at-call', call, number: index + 1, of: steps.length, notRun }];
}
