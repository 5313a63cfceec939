import type { PlanStep } from '../../core/planning/plan';
import type { Resource } from '../../core/resource';
import { success } from '../../core/result';
import { orFail } from '../remediation/execution-failure';
import { entryBefore, isBlind, isEntryAsPlanned } from './is-entry-as-planned';
import { awaitEffect, startRun, type RunStepPorts, type StepEnd, type Trouble } from './run-step';
import type { Progress } from '../remediation/progress';

export type StepsEnd =
  | { readonly kind: 'ran' }
  /** What is there is not what the plan was made on any more: plan again. */
  | { readonly kind: 'rules-changed'; readonly reason: string }
  /** A call did not work, or showed no effect; those behind it were not started. */
  | ({ readonly kind: 'stopped'; readonly end: 'failed' | 'unknown' | 'no-effect' } & Trouble);

/**
 * Runs the steps in their order, each once what the one before it did is there to be seen: that order is what makes
 * every state in between a safe one. The first that does not work stops the rest.
 */
export async function runSteps(
  progress: Progress,
  { steps, planned }: { readonly steps: readonly PlanStep[]; readonly planned: Resource },
  round: number,
  ports: RunStepPorts,
): Promise<StepsEnd> {
  for (const [index, step] of steps.entries()) {
    const position = `${String(round)}.${String(index)}`;
    const earlier = steps.slice(0, index);
    const end =
      (index === 0 ? undefined : await ports.mayGoOn?.(position)) ??
      (await lookBefore(progress, step, { planned, earlier, position }, ports)) ??
      (await runStep(progress, step, { planned, earlier, position }, ports));
    if (end.kind === 'effect-seen') continue;
    if (end.kind === 'rules-changed') return end;
    return {
      kind: 'stopped',
      end: end.kind,
      reason: `${end.reason} ${whereItStopped(steps, index)}`.trim(),
      isTransient: end.kind !== 'no-effect' && end.isTransient,
      ...(end.kind === 'failed' && end.isOverQuota === true ? { isOverQuota: true } : {}),
    };
  }
  return { kind: 'ran' };
}

/** Where a step stands: in which plan, made on what, and behind which other steps. */
interface PlannedStep {
  readonly planned: Resource;
  readonly earlier: readonly PlanStep[];
  /** `0.1`: the second step of the first plan. */
  readonly position: string;
}

/** Where a call would overwrite whatever is there; undefined when the step may run. */
async function lookBefore(
  { record: { target, remediationId } }: Progress,
  step: PlanStep,
  { position, ...made }: PlannedStep,
  { durable, targets }: RunStepPorts,
): Promise<StepEnd | undefined> {
  if (!isBlind(step)) return undefined;
  const looked = await durable.step(`look before ${step.call} ${position}`, async () => {
    const observed = await targets.observe(target, remediationId);
    if (!observed.ok) return observed;
    const { value } = observed;
    return success(value.kind === 'found' && isEntryAsPlanned(step, { ...made, current: value.resource }));
  });
  if (!looked.ok) return { kind: 'failed', reason: looked.error.cause, isTransient: looked.error.retryable };
  if (looked.value) return undefined;
  const number = String(step.rules[0].RuleNumber);
  return { kind: 'rules-changed', reason: `Somebody changed entry ${number} since the plan was made.` };
}

async function runStep(
  progress: Progress,
  step: PlanStep,
  { position, ...made }: PlannedStep,
  ports: RunStepPorts,
): Promise<StepEnd> {
  const { target, remediationId, action } = progress.record;
  if (action === 'preview') throw new Error('A preview runs nothing.');
  const run = { target, remediationId, action, runId: `${remediationId}/${position}`, step };
  const name = `${step.call} ${position}`;
  const started = await startRun(run, name, ports);
  const earlier = progress.record.runs;
  const replaced = entryBefore(step, made);
  const record = { runId: run.runId, step, ...(replaced === undefined ? {} : { replaced }) };
  if (!started.ok) {
    const { cause: reason, retryable: isTransient } = started.error;
    if (!isTransient) return { kind: 'failed', reason, isTransient };
    // The answer may be what was lost, not the start: an undo must know of it.
    const startedAt = await orFail(
      ports.durable.step(`note start ${name}`, () => Promise.resolve(success(ports.clock.now().toISOString()))),
    );
    progress.record = { ...progress.record, runs: [...earlier, { ...record, startedAt, end: 'unknown' }] };
    return { kind: 'unknown', reason, isTransient };
  }
  const running = { ...record, ...started.value };
  progress.record = { ...progress.record, runs: [...earlier, running] };
  const end = await awaitEffect(run, started.value, name, ports);
  progress.record = { ...progress.record, runs: [...earlier, { ...running, end: end.kind }] };
  return end;
}

function whereItStopped(steps: readonly PlanStep[], index: number): string {
  const call = steps[index]?.call ?? '';
  const left = steps.length - index - 1;
  if (steps.length === 1) return '';
  const rest = left === 0 ? '' : `; the ${left === 1 ? 'call' : `${String(left)} calls`} behind it did not run`;
  return `That was ${call}, call ${String(index + 1)} of ${String(steps.length)}${rest}.`;
}
