import type { ErrorObject, Operation } from '@aws-sdk/client-lambda';

import { endDurableState, record, type DurableState } from './durable-state';

/** How something outside the function ended: a callback by its answer, an invoked function by its response. */
export type Completion =
  | { readonly kind: 'succeeded'; readonly result: string | undefined }
  | { readonly kind: 'failed'; readonly error: ErrorObject }
  | { readonly kind: 'timed-out'; readonly error: ErrorObject };

/** When the next thing happens by itself; undefined once the execution has ended. */
export function nextDueMillis(state: DurableState): number | undefined {
  if (state.status !== 'RUNNING') return undefined;
  return Math.min(
    state.deadlineMillis,
    ...[...state.operations.values()].map((operation) => dueMillis(state, operation) ?? Infinity),
  );
}

/** What has happened by itself until now: waits over, retries ready, callbacks and the execution timed out. */
export function elapse(state: DurableState, nowMillis: number): DurableState {
  if (state.status !== 'RUNNING') return state;
  if (state.deadlineMillis <= nowMillis) {
    const error = { ErrorType: 'Execution.Timeout', ErrorMessage: 'The durable execution has timed out.' };
    return endDurableState(state, { status: 'TIMED_OUT', nowMillis, error });
  }
  return [...state.operations.values()].reduce((elapsed, operation) => {
    const due = dueMillis(state, operation);
    return due === undefined || due > nowMillis ? elapsed : comeDue(elapsed, operation, nowMillis);
  }, state);
}

/** Ends a callback or chained invoke that is still open; otherwise undefined. */
export function complete(
  state: DurableState,
  operationId: string,
  completion: Completion,
  nowMillis: number,
): DurableState | undefined {
  const operation = state.operations.get(operationId);
  if (state.status !== 'RUNNING' || operation?.Status !== 'STARTED') return undefined;
  const outcome = completion.kind === 'succeeded' ? { Result: completion.result } : { Error: completion.error };
  const payload =
    completion.kind === 'succeeded'
      ? { Result: { Payload: completion.result, Truncated: false } }
      : { Error: { Payload: completion.error, Truncated: false } };
  const completed: Operation = {
    ...operation,
    Status: STATUSES[completion.kind],
    EndTimestamp: new Date(nowMillis),
    ...(operation.Type === 'CALLBACK'
      ? { CallbackDetails: { ...operation.CallbackDetails, ...outcome } }
      : { ChainedInvokeDetails: { ...operation.ChainedInvokeDetails, ...outcome } }),
  };
  const prefix = operation.Type === 'CALLBACK' ? 'Callback' : 'ChainedInvoke';
  return change(state, completed, nowMillis, { [`${prefix}${SUFFIXES[completion.kind]}Details`]: payload });
}

/** A sign of life for a callback with a heartbeat; undefined when the callback is over. */
export function beat(state: DurableState, operationId: string, nowMillis: number): DurableState | undefined {
  if (state.status !== 'RUNNING' || state.operations.get(operationId)?.Status !== 'STARTED') return undefined;
  const deadlines = state.callbackDeadlines.get(operationId) ?? {};
  if (deadlines.heartbeatSeconds === undefined) return state;
  const heartbeatAtMillis = nowMillis + deadlines.heartbeatSeconds * 1000;
  return {
    ...state,
    callbackDeadlines: new Map(state.callbackDeadlines).set(operationId, { ...deadlines, heartbeatAtMillis }),
  };
}

const STATUSES = { succeeded: 'SUCCEEDED', failed: 'FAILED', 'timed-out': 'TIMED_OUT' } as const;
const SUFFIXES = { succeeded: 'Succeeded', failed: 'Failed', 'timed-out': 'TimedOut' } as const;

function dueMillis(state: DurableState, operation: Operation): number | undefined {
  const { Type, Status, Id = '' } = operation;
  if (Type === 'WAIT' && Status === 'STARTED') return operation.WaitDetails?.ScheduledEndTimestamp?.getTime();
  if (Type === 'STEP' && Status === 'PENDING') return operation.StepDetails?.NextAttemptTimestamp?.getTime();
  if (Type === 'CALLBACK' && Status === 'STARTED') {
    const { timeoutAtMillis = Infinity, heartbeatAtMillis = Infinity } = state.callbackDeadlines.get(Id) ?? {};
    const first = Math.min(timeoutAtMillis, heartbeatAtMillis);
    return first === Infinity ? undefined : first;
  }
  return undefined;
}

function comeDue(state: DurableState, operation: Operation, nowMillis: number): DurableState {
  if (operation.Type === 'WAIT') {
    const ended: Operation = { ...operation, Status: 'SUCCEEDED', EndTimestamp: new Date(nowMillis) };
    return change(state, ended, nowMillis, { WaitSucceededDetails: { Duration: waitSeconds(operation) } });
  }
  if (operation.Type === 'STEP') return touch(state, { ...operation, Status: 'READY' });
  const { heartbeatAtMillis = Infinity, timeoutAtMillis = Infinity } =
    state.callbackDeadlines.get(operation.Id ?? '') ?? {};
  const error =
    heartbeatAtMillis < timeoutAtMillis
      ? { ErrorType: 'Callback.Heartbeat', ErrorMessage: 'Callback timed out on heartbeat' }
      : { ErrorType: 'Callback.Timeout', ErrorMessage: 'Callback timed out' };
  return complete(state, operation.Id ?? '', { kind: 'timed-out', error }, nowMillis) ?? state;
}

function waitSeconds({ StartTimestamp, WaitDetails }: Operation): number | undefined {
  const endMillis = WaitDetails?.ScheduledEndTimestamp?.getTime();
  if (StartTimestamp === undefined || endMillis === undefined) return undefined;
  return (endMillis - StartTimestamp.getTime()) / 1000;
}

function change(
  state: DurableState,
  operation: Operation,
  nowMillis: number,
  details: Parameters<typeof record>[3],
): DurableState {
  return record(touch(state, operation), operation, nowMillis, details);
}

function touch(state: DurableState, operation: Operation): DurableState {
  const id = operation.Id ?? '';
  return {
    ...state,
    operations: new Map(state.operations).set(id, operation),
    unseen: new Set(state.unseen).add(id),
  };
}
