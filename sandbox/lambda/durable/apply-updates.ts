import type { Operation, OperationUpdate } from '@aws-sdk/client-lambda';

import { DURABLE_LIMITS, endDurableState, record, type CallbackDeadlines, type DurableState } from './durable-state';
import { eventDetails } from './event-details';
import { InvalidUpdate, transition } from './transition';

/** A function that the execution wants called: `context.invoke`. */
export interface ChainedInvoke {
  readonly operationId: string;
  readonly functionName: string;
  readonly payload: string;
}

export interface AppliedUpdates {
  readonly state: DurableState;
  /** Ids in the order of their updates. */
  readonly updated: readonly string[];
  readonly invokes: readonly ChainedInvoke[];
}

/**
 * Applies the updates of one checkpoint: all of them, or none.
 * @throws InvalidUpdate with the reason.
 */
export function applyUpdates(
  state: DurableState,
  updates: readonly OperationUpdate[],
  context: { readonly nowMillis: number; readonly callbackId: (operationId: string) => string },
): AppliedUpdates {
  const executionUpdates = updates.filter(({ Type }) => Type === 'EXECUTION');
  if (executionUpdates.length > 1 || (executionUpdates.length === 1 && updates.at(-1) !== executionUpdates[0])) {
    throw new InvalidUpdate('An EXECUTION update must be the only one of its kind and the last of its checkpoint.');
  }
  return updates.reduce<AppliedUpdates>((applied, update) => applyUpdate(applied, update, context), {
    state,
    updated: [],
    invokes: [],
  });
}

function applyUpdate(
  applied: AppliedUpdates,
  update: OperationUpdate,
  context: { readonly nowMillis: number; readonly callbackId: (operationId: string) => string },
): AppliedUpdates {
  const { state } = applied;
  const { nowMillis } = context;
  const id = checkUpdate(state, update);
  const writtenBytes = state.writtenBytes + sizeOf(update);
  if (writtenBytes > DURABLE_LIMITS.writtenBytes) {
    throw new InvalidUpdate(`The execution has written more than ${DURABLE_LIMITS.writtenBytes} bytes.`);
  }
  if (update.Type === 'EXECUTION') {
    const status = update.Action === 'SUCCEED' ? 'SUCCEEDED' : 'FAILED';
    const end = { status, nowMillis, result: update.Payload, error: update.Error } as const;
    return { ...applied, state: endDurableState({ ...state, writtenBytes }, end) };
  }
  const existing = state.operations.get(id);
  if (!existing && state.operations.size >= DURABLE_LIMITS.operations) {
    throw new InvalidUpdate(`The execution has reached its limit of ${DURABLE_LIMITS.operations} operations.`);
  }
  const operation = transition(update, existing, { nowMillis, callbackId: () => context.callbackId(id) });
  const next: DurableState = {
    ...state,
    writtenBytes,
    operations: new Map(state.operations).set(id, operation),
    callbackDeadlines: withCallbackDeadlines(state, update, operation, nowMillis),
  };
  return {
    state: record(next, operation, nowMillis, eventDetails(operation, update)),
    updated: [...applied.updated, id],
    invokes: [...applied.invokes, ...toChainedInvoke(update, id)],
  };
}

/** @returns the operation's id. */
function checkUpdate(state: DurableState, update: OperationUpdate): string {
  const { Id, ParentId, Type, Action, Payload, Error: error } = update;
  if (!Id || !Type || !Action) throw new InvalidUpdate('An operation update needs an Id, a Type and an Action.');
  if (ParentId !== undefined && state.operations.get(ParentId)?.Type !== 'CONTEXT') {
    throw new InvalidUpdate('Invalid parent operation id.');
  }
  const limit = Type === 'EXECUTION' ? DURABLE_LIMITS.resultBytes : DURABLE_LIMITS.payloadBytes;
  if (Payload !== undefined && Buffer.byteLength(Payload) > limit) {
    throw new InvalidUpdate(`The payload of operation ${Id} is larger than ${limit} bytes.`);
  }
  if (error !== undefined && Buffer.byteLength(JSON.stringify(error)) > DURABLE_LIMITS.errorBytes) {
    throw new InvalidUpdate(`Error object size must be less than ${DURABLE_LIMITS.errorBytes} bytes.`);
  }
  return Id;
}

function withCallbackDeadlines(
  state: DurableState,
  { Type, Action, CallbackOptions }: OperationUpdate,
  { Id = '' }: Operation,
  nowMillis: number,
): ReadonlyMap<string, CallbackDeadlines> {
  if (Type !== 'CALLBACK' || Action !== 'START') return state.callbackDeadlines;
  const { TimeoutSeconds: timeout, HeartbeatTimeoutSeconds: heartbeat } = CallbackOptions ?? {};
  return new Map(state.callbackDeadlines).set(Id, {
    ...(timeout ? { timeoutAtMillis: nowMillis + timeout * 1000 } : {}),
    ...(heartbeat ? { heartbeatSeconds: heartbeat, heartbeatAtMillis: nowMillis + heartbeat * 1000 } : {}),
  });
}

function toChainedInvoke(update: OperationUpdate, operationId: string): readonly ChainedInvoke[] {
  const functionName = update.ChainedInvokeOptions?.FunctionName;
  if (update.Type !== 'CHAINED_INVOKE' || update.Action !== 'START' || functionName === undefined) return [];
  return [{ operationId, functionName, payload: update.Payload ?? 'null' }];
}

function sizeOf({ Payload = '', Error: error }: OperationUpdate): number {
  return Buffer.byteLength(Payload) + (error === undefined ? 0 : Buffer.byteLength(JSON.stringify(error)));
}
