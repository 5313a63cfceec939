import type { ErrorObject, Operation } from '@aws-sdk/client-lambda';
import { z } from 'zod';

import { AwsError } from '../../runtime/aws-error';
import type { FunctionRunner } from '../function-runner';
import type { InvocationOutcome } from '../process/function-process';
import type { DurableExecution } from './durable-execution';
import { endDurableState, hasOpenWork, replayableOperations, type DurableState } from './durable-state';
import { elapse } from './elapse';

/** "Exponential backoff until the execution timeout" says the documentation; the figures are ours. */
const FIRST_RETRY_SECONDS = 1;
const LONGEST_RETRY_SECONDS = 3600;

export interface InvocationEffect {
  readonly state: DurableState;
  /** When the invocation itself failed: after how long it is repeated. */
  readonly retryInMillis: number | undefined;
  /** Something changed from outside during the invocation, and the function may have missed it. */
  readonly disturbed: boolean;
}

const errorSchema = z.object({
  ErrorType: z.string().optional(),
  ErrorMessage: z.string().optional(),
  ErrorData: z.string().optional(),
  StackTrace: z.array(z.string()).optional(),
});
const responseSchema = z.discriminatedUnion('Status', [
  z.object({ Status: z.literal('SUCCEEDED'), Result: z.string().optional() }),
  z.object({ Status: z.literal('FAILED'), Error: errorSchema.optional() }),
  z.object({ Status: z.literal('PENDING') }),
]);

/**
 * Invokes the function once for the execution.
 * @param operationsPerPage what the invocation's input carries; the SDK fetches the rest with GetDurableExecutionState.
 */
export async function invokeDurable(
  { runner, operationsPerPage }: { readonly runner: FunctionRunner; readonly operationsPerPage: number },
  execution: DurableExecution,
  updatedOperationIds: ReadonlySet<string>,
): Promise<InvocationEffect> {
  const { world, target, invocation } = execution;
  const requestId = invocation?.requestId ?? world.uuid();
  const payload = JSON.stringify(toInput(execution, updatedOperationIds, operationsPerPage));
  const outcome = await run(runner, execution, { payload, requestId, invokedArn: target.version.qualifiedArn });
  const nowMillis = world.clock.now();
  const state = recordInvocation(elapse(execution.state, nowMillis), execution, outcome, nowMillis);
  const disturbed = invocation?.disturbed === true || state.unseen.size > 0;
  if (state.status !== 'RUNNING') return { state, retryInMillis: undefined, disturbed };
  if (outcome.kind === 'failed') {
    execution.failures += 1;
    const seconds = Math.min(FIRST_RETRY_SECONDS * 2 ** (execution.failures - 1), LONGEST_RETRY_SECONDS);
    return { state, retryInMillis: seconds * 1000, disturbed };
  }
  execution.failures = 0;
  return { state: applyResponse(state, outcome.payload, disturbed, nowMillis), retryInMillis: undefined, disturbed };
}

async function run(
  runner: FunctionRunner,
  { world, target }: DurableExecution,
  request: Parameters<FunctionRunner['run']>[2],
): Promise<InvocationOutcome> {
  try {
    return await runner.run(world, target.version, request);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { kind: 'failed', error: { errorType: error.code, errorMessage: error.message } };
  }
}

/** The input that the SDK's `withDurableExecution` unpacks. */
function toInput(
  execution: DurableExecution,
  updatedOperationIds: ReadonlySet<string>,
  operationsPerPage: number,
): object {
  const operations: readonly Operation[] = replayableOperations(execution.state);
  return {
    DurableExecutionArn: execution.arn,
    CheckpointToken: execution.invocation?.token,
    InitialExecutionState: {
      Operations: operations.slice(0, operationsPerPage),
      ...(operations.length > operationsPerPage ? { NextMarker: String(operationsPerPage) } : {}),
    },
    UpdatedOperationIds: [...updatedOperationIds],
  };
}

function applyResponse(state: DurableState, payload: string, disturbed: boolean, nowMillis: number): DurableState {
  const response = responseSchema.safeParse(JSON.parse(payload));
  if (!response.success) return fail(state, 'The function did not answer as a durable function does.', nowMillis);
  switch (response.data.Status) {
    case 'SUCCEEDED':
      return endDurableState(state, { status: 'SUCCEEDED', nowMillis, result: response.data.Result });
    case 'FAILED':
      return endDurableState(state, { status: 'FAILED', nowMillis, error: toErrorObject(response.data.Error) });
    case 'PENDING':
      if (disturbed || hasOpenWork(state)) return state;
      return fail(state, 'Cannot return PENDING status with no pending operations.', nowMillis);
  }
}

function fail(state: DurableState, reason: string, nowMillis: number): DurableState {
  const error = { ErrorType: 'InvalidParameterValueException', ErrorMessage: reason };
  return endDurableState(state, { status: 'FAILED', nowMillis, error });
}

function toErrorObject(error: z.output<typeof errorSchema> | undefined): ErrorObject {
  return error ?? { ErrorMessage: 'The function failed without an error.' };
}

function recordInvocation(
  state: DurableState,
  execution: DurableExecution,
  outcome: InvocationOutcome,
  nowMillis: number,
): DurableState {
  const { invocation } = execution;
  const failure =
    outcome.kind === 'failed'
      ? {
          Payload: {
            ErrorType: outcome.error.errorType,
            ErrorMessage: outcome.error.errorMessage,
            ...(outcome.error.trace ? { StackTrace: [...outcome.error.trace] } : {}),
          },
          Truncated: false,
        }
      : undefined;
  const event = {
    EventType: 'InvocationCompleted' as const,
    EventId: state.history.length + 1,
    EventTimestamp: new Date(nowMillis),
    InvocationCompletedDetails: {
      StartTimestamp: new Date(invocation?.startMillis ?? nowMillis),
      EndTimestamp: new Date(nowMillis),
      RequestId: invocation?.requestId ?? '',
      ...(failure ? { Error: failure } : {}),
    },
  };
  return { ...state, history: [...state.history, event] };
}
