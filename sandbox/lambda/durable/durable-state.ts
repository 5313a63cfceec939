import type { ErrorObject, Event, ExecutionStatus, Operation } from '@aws-sdk/client-lambda';

import { toHistoryEvent } from './history-event';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, and the shapes of the API. */
export const DURABLE_LIMITS = {
  operations: 3000,
  writtenBytes: 100 * 1024 * 1024,
  payloadBytes: 256 * 1024,
  resultBytes: 6 * 1024 * 1024,
  errorBytes: 32 * 1024,
  delaySeconds: 31_622_400,
} as const;

/** When a callback that nobody has answered is over. */
export interface CallbackDeadlines {
  readonly timeoutAtMillis?: number;
  readonly heartbeatAtMillis?: number;
  readonly heartbeatSeconds?: number;
}

/** One durable execution as a value; every change makes a new one. */
export interface DurableState {
  readonly status: ExecutionStatus;
  readonly startMillis: number;
  readonly deadlineMillis: number;
  readonly endMillis?: number;
  readonly result?: string;
  readonly error?: ErrorObject;
  /** By id, in the order in which they came to be; the first is the execution's own. */
  readonly operations: ReadonlyMap<string, Operation>;
  readonly callbackDeadlines: ReadonlyMap<string, CallbackDeadlines>;
  /**
   * What changed without the function (a wait that ended, a callback answered) and the function was not notified yet.
   */
  readonly unseen: ReadonlySet<string>;
  readonly history: readonly Event[];
  readonly writtenBytes: number;
}

/**
 * A running execution whose one operation is its own, with `ExecutionStarted` in its history.
 * @param start `input` is the payload's JSON; the execution times out `executionTimeoutSeconds` from now
 */
export function startDurableState(start: {
  readonly operationId: string;
  readonly input: string;
  readonly nowMillis: number;
  readonly executionTimeoutSeconds: number;
}): DurableState {
  const { operationId, input, nowMillis, executionTimeoutSeconds } = start;
  const operation: Operation = {
    Id: operationId,
    Type: 'EXECUTION',
    Status: 'STARTED',
    StartTimestamp: new Date(nowMillis),
    ExecutionDetails: { InputPayload: input },
  };
  const state: DurableState = {
    status: 'RUNNING',
    startMillis: nowMillis,
    deadlineMillis: nowMillis + executionTimeoutSeconds * 1000,
    operations: new Map([[operationId, operation]]),
    callbackDeadlines: new Map(),
    unseen: new Set(),
    history: [],
    writtenBytes: 0,
  };
  return record(state, operation, nowMillis, {
    ExecutionStartedDetails: { Input: { Payload: input, Truncated: false }, ExecutionTimeout: executionTimeoutSeconds },
  });
}

/** Ends the execution; an execution that has ended stays as it is. */
export function endDurableState(
  state: DurableState,
  end: {
    readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
    readonly nowMillis: number;
    readonly result?: string | undefined;
    readonly error?: ErrorObject | undefined;
  },
): DurableState {
  const [own] = state.operations.values();
  if (state.status !== 'RUNNING' || !own) return state;
  const { status, nowMillis, result, error } = end;
  const operation: Operation = { ...own, Status: status, EndTimestamp: new Date(nowMillis) };
  return record(
    {
      ...state,
      status,
      endMillis: nowMillis,
      ...(result === undefined ? {} : { result }),
      ...(error === undefined ? {} : { error }),
      operations: new Map(state.operations).set(operation.Id ?? '', operation),
    },
    operation,
    nowMillis,
    {
      [`Execution${SUFFIXES[status]}Details`]:
        status === 'SUCCEEDED'
          ? { Result: { ...(result === undefined ? {} : { Payload: result }), Truncated: false } }
          : { Error: { ...(error ? { Payload: error } : {}), Truncated: false } },
    },
  );
}

const SUFFIXES = { SUCCEEDED: 'Succeeded', FAILED: 'Failed', TIMED_OUT: 'TimedOut', STOPPED: 'Stopped' } as const;

/** Adds an event to the history. */
export function record(
  state: DurableState,
  operation: Operation,
  nowMillis: number,
  details: Partial<Event>,
): DurableState {
  const event = toHistoryEvent(operation, { eventId: state.history.length + 1, nowMillis, details });
  return { ...state, history: [...state.history, event] };
}

/** Whether anything is left that could wake the execution. */
export function hasOpenWork({ operations }: DurableState): boolean {
  return [...operations.values()].some(({ Type, Status }) =>
    Type === 'STEP'
      ? Status === 'PENDING' || Status === 'READY'
      : (Type === 'WAIT' || Type === 'CALLBACK' || Type === 'CHAINED_INVOKE') && Status === 'STARTED',
  );
}

/**
 * What a new invocation replays: the operations inside a context that has ended are left out, unless the context asks
 * for them (`ReplayChildren`), since its own result stands for them.
 */
export function replayableOperations({ operations }: DurableState): readonly Operation[] {
  const omitted = new Set<string>();
  return [...operations.values()].filter(({ Id = '', ParentId }) => {
    const parent = ParentId === undefined ? undefined : operations.get(ParentId);
    const parentEnded = parent !== undefined && (parent.Status === 'SUCCEEDED' || parent.Status === 'FAILED');
    const isOmitted =
      parent !== undefined &&
      (omitted.has(parent.Id ?? '') || (parentEnded && parent.ContextDetails?.ReplayChildren !== true));
    if (isOmitted) omitted.add(Id);
    return !isOmitted;
  });
}
