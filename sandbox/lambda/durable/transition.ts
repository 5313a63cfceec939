import type { Operation, OperationStatus, OperationUpdate } from '@aws-sdk/client-lambda';

import { DURABLE_LIMITS } from './durable-state';

/** An update that does not fit the state; the message is what the API answers. */
export class InvalidUpdate extends Error {}

interface TransitionContext {
  readonly nowMillis: number;
  readonly callbackId: () => string;
}

/** From which status an action may come; `none` means that the operation does not exist yet. */
type From = OperationStatus | 'none';

const ALLOWED: Readonly<Record<string, readonly From[]>> = {
  // A step may end without having been started: the SDK sends its start and its end together, or the end alone.
  'STEP START': ['none', 'READY'],
  'STEP SUCCEED': ['none', 'STARTED', 'READY'],
  'STEP FAIL': ['none', 'STARTED', 'READY'],
  'STEP RETRY': ['none', 'STARTED', 'READY'],
  'CONTEXT START': ['none'],
  'CONTEXT SUCCEED': ['none', 'STARTED'],
  'CONTEXT FAIL': ['none', 'STARTED'],
  'WAIT START': ['none'],
  'WAIT CANCEL': ['STARTED'],
  'CALLBACK START': ['none'],
  'CALLBACK CANCEL': ['STARTED'],
  'CHAINED_INVOKE START': ['none'],
  'CHAINED_INVOKE CANCEL': ['STARTED'],
};

/**
 * The operation after one update.
 * @throws InvalidUpdate when the action is not one of the type's, or not possible in the operation's status.
 */
export function transition(
  update: OperationUpdate,
  existing: Operation | undefined,
  context: TransitionContext,
): Operation {
  const { Type, Action } = update;
  if (existing && existing.Type !== Type) {
    throw new InvalidUpdate(`Operation ${update.Id ?? ''} is a ${existing.Type ?? ''}, not a ${Type ?? ''}.`);
  }
  const from = ALLOWED[`${Type ?? ''} ${Action ?? ''}`];
  if (!from) throw new InvalidUpdate(`Invalid ${Type ?? ''} action: ${Action ?? ''}.`);
  const status: From = existing?.Status ?? 'none';
  if (!from.includes(status)) {
    throw new InvalidUpdate(`Invalid current ${Type ?? ''} state to ${Action ?? ''}: ${status}.`);
  }
  switch (Action) {
    case 'START':
      return existing ? { ...existing, Status: 'STARTED' } : start(update, context);
    case 'RETRY':
      return retry(update, existing ?? start(update, context), context);
    case 'SUCCEED':
      return end(update, 'SUCCEEDED', existing ?? start(update, context), context);
    case 'FAIL':
      return end(update, 'FAILED', existing ?? start(update, context), context);
    case 'CANCEL':
      return end(update, 'CANCELLED', existing ?? start(update, context), context);
    case undefined:
      throw new InvalidUpdate('An operation update needs an Action.');
  }
}

function start(update: OperationUpdate, { nowMillis, callbackId }: TransitionContext): Operation {
  const { Id, ParentId, Name, SubType, Type } = update;
  const operation: Operation = {
    Id,
    Type,
    Status: 'STARTED',
    StartTimestamp: new Date(nowMillis),
    ...(ParentId === undefined ? {} : { ParentId }),
    ...(Name === undefined ? {} : { Name }),
    ...(SubType === undefined ? {} : { SubType }),
  };
  switch (Type) {
    case 'WAIT': {
      const seconds = checkDelay('WaitOptions.WaitSeconds', update.WaitOptions?.WaitSeconds);
      return { ...operation, WaitDetails: { ScheduledEndTimestamp: new Date(nowMillis + seconds * 1000) } };
    }
    case 'CALLBACK':
      return { ...operation, CallbackDetails: { CallbackId: callbackId() } };
    case 'CHAINED_INVOKE':
      if (!update.ChainedInvokeOptions?.FunctionName) {
        throw new InvalidUpdate('ChainedInvokeOptions.FunctionName is required.');
      }
      return operation;
    case 'STEP':
    case 'CONTEXT':
    case 'EXECUTION':
    case undefined:
      return operation;
  }
}

function retry(update: OperationUpdate, from: Operation, { nowMillis }: TransitionContext): Operation {
  if (update.Error && update.Payload !== undefined) {
    throw new InvalidUpdate('Cannot provide both an Error and a Payload to RETRY a STEP.');
  }
  const seconds = checkDelay('StepOptions.NextAttemptDelaySeconds', update.StepOptions?.NextAttemptDelaySeconds);
  return {
    ...from,
    Status: 'PENDING',
    StepDetails: {
      Attempt: (from.StepDetails?.Attempt ?? 0) + 1,
      NextAttemptTimestamp: new Date(nowMillis + seconds * 1000),
      ...outcome(update),
    },
  };
}

function end(
  update: OperationUpdate,
  status: OperationStatus,
  from: Operation,
  { nowMillis }: TransitionContext,
): Operation {
  if (status === 'FAILED' && update.Payload !== undefined) {
    throw new InvalidUpdate('Cannot provide a Payload for FAIL action.');
  }
  if (status === 'SUCCEEDED' && update.Error) throw new InvalidUpdate('Cannot provide an Error for SUCCEED action.');
  const ended: Operation = { ...from, Status: status, EndTimestamp: new Date(nowMillis) };
  if (update.Type === 'STEP') {
    return { ...ended, StepDetails: { Attempt: (from.StepDetails?.Attempt ?? 0) + 1, ...outcome(update) } };
  }
  if (update.Type === 'CONTEXT') {
    const { ReplayChildren } = update.ContextOptions ?? {};
    return { ...ended, ContextDetails: { ...(ReplayChildren ? { ReplayChildren } : {}), ...outcome(update) } };
  }
  return ended;
}

function outcome({ Payload, Error: error }: OperationUpdate): Pick<OperationUpdate, 'Error'> & { Result?: string } {
  return { ...(Payload === undefined ? {} : { Result: Payload }), ...(error ? { Error: error } : {}) };
}

function checkDelay(field: string, seconds: number | undefined): number {
  if (seconds !== undefined && seconds >= 1 && seconds <= DURABLE_LIMITS.delaySeconds) return seconds;
  throw new InvalidUpdate(`${field} must be 1 to ${DURABLE_LIMITS.delaySeconds} seconds, not ${String(seconds)}.`);
}
