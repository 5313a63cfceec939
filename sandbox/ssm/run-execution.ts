import { JsonPathError, selectByJsonPath } from '../runtime/json-path';
import type { World } from '../runtime/world';
import { sleep } from '../runtime/sleep';
import type { StepOutput } from './automation-document';
import type { Execution, StepExecution } from './executions';
import { isOfType } from './parameter-values';
import { STEP_ACTIONS } from './steps/actions';
import { StepFailure, type StepResult } from './steps/step';
import { resolveReference } from './resolve-reference';
import { fillTemplate, UnresolvedReference } from './template';

export interface Run {
  readonly world: World;
  readonly account: string;
  readonly region: string;
  readonly execution: Execution;
  /** What every step takes besides its own work, so that callers really have to wait. */
  readonly stepMillis: number;
}

const MAX_STEP_RUNS = 1_000;

/** Runs an execution to its end, one step after the other. */
export async function runExecution(run: Run): Promise<void> {
  const { world, execution } = run;
  if (execution.status === 'Pending') execution.status = 'InProgress';
  const { status, failureMessage } = await runSteps(run);
  execution.status = status;
  execution.endedMillis = world.clock.now();
  if (failureMessage !== undefined) execution.failureMessage = failureMessage;
}

interface Outcome {
  readonly status: 'Success' | 'Failed' | 'TimedOut' | 'Cancelled';
  readonly failureMessage?: string | undefined;
}

async function runSteps(run: Run): Promise<Outcome> {
  const { execution } = run;
  /** Of the first critical step that failed and was continued behind. */
  let failed: StepExecution | undefined;
  let current: StepExecution | undefined = execution.steps[0];
  for (let runs = 0; current; runs++) {
    if (execution.status === 'Cancelling') return { status: 'Cancelled' };
    if (runs === MAX_STEP_RUNS) {
      return { status: 'Failed', failureMessage: `More than ${MAX_STEP_RUNS} steps were run.` };
    }
    const step: StepExecution = current;
    const chosen = await runStep(run, step);
    const { status, failureMessage } = step;
    if (status !== 'Success') {
      if (step.step.onFailure === 'Abort') {
        return { status: status === 'TimedOut' ? 'TimedOut' : 'Failed', failureMessage };
      }
      if (step.step.isCritical) failed ??= step;
    }
    current = following(execution, step, chosen);
  }
  return failed ? { status: 'Failed', failureMessage: failed.failureMessage } : { status: 'Success' };
}

function following(
  execution: Execution,
  { step, status }: StepExecution,
  chosen: string | undefined,
): StepExecution | undefined {
  const onFailure = status === 'Success' ? undefined : /^step:(.*)$/.exec(step.onFailure)?.[1];
  const name = onFailure ?? chosen ?? step.nextStep;
  if (name !== undefined) return execution.steps.find((candidate) => candidate.step.name === name);
  if (step.isEnd) return undefined;
  return execution.steps[execution.steps.findIndex((candidate) => candidate.step === step) + 1];
}

/** @returns where the step itself says to go on */
async function runStep(run: Run, record: StepExecution): Promise<string | undefined> {
  const { world, stepMillis } = run;
  record.status = 'InProgress';
  record.startedMillis = world.clock.now();
  for (let attempt = 1; ; attempt++) {
    await sleep(world.clock, stepMillis);
    try {
      const result = await tryStep(run, record);
      record.status = 'Success';
      record.endedMillis = world.clock.now();
      return result.nextStep;
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error;
      if (attempt < record.step.maxAttempts) continue;
      record.status = error.status;
      record.endedMillis = world.clock.now();
      record.failureMessage =
        `Step fails when it is Execute/Cancelling action. ${error.message}. ` +
        'Please refer to Automation Service Troubleshooting Guide for more diagnosis details.';
      return undefined;
    }
  }
}

async function tryStep(run: Run, record: StepExecution): Promise<StepResult> {
  const { world, execution, account, region } = run;
  const { step } = record;
  const action = STEP_ACTIONS[step.action];
  if (!action) throw new StepFailure(`Action ${step.action} is not in the sandbox`);
  record.inputs = fillInputs(run, step.inputs);
  const call = { principal: execution.principal, account, region };
  const result = await action({ world, call, step, inputs: record.inputs });
  record.outputs = new Map<string, unknown>([
    ...step.outputs.map((output): [string, unknown] => [output.Name, readOutput(output, result.payload)]),
    ...(result.payload === undefined ? [] : [['OutputPayload', result.payload] as [string, unknown]]),
  ]);
  return result;
}

function fillInputs(run: Run, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  try {
    return Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [
        name,
        fillTemplate(value, (reference) => resolveReference(run, reference)),
      ]),
    );
  } catch (error) {
    if (error instanceof UnresolvedReference) throw new StepFailure(error.message);
    throw error;
  }
}

function readOutput({ Name, Selector, Type }: StepOutput, payload: unknown): unknown {
  const value = select(Selector, payload);
  if (value === undefined) throw new StepFailure(`Output ${Name}: nothing is at ${Selector}`);
  if (!isOfType(value, Type)) throw new StepFailure(`Output ${Name}: what is at ${Selector} is not of type ${Type}`);
  return value;
}

function select(selector: string, payload: unknown): unknown {
  try {
    return selectByJsonPath(payload, selector);
  } catch (error) {
    if (error instanceof JsonPathError) throw new StepFailure(error.message);
    throw error;
  }
}
