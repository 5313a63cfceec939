import type { OperationUpdate } from '@aws-sdk/client-lambda';

import { applyUpdates } from '../../../../sandbox/lambda/durable/apply-updates';
import {
  DURABLE_LIMITS,
  endDurableState,
  hasOpenWork,
  replayableOperations,
  startDurableState,
  type DurableState,
} from '../../../../sandbox/lambda/durable/durable-state';
import { beat, elapse, nextDueMillis, complete } from '../../../../sandbox/lambda/durable/elapse';
import { InvalidUpdate } from '../../../../sandbox/lambda/durable/transition';

const t0 = Date.parse('2026-01-31T12:00:00Z');

function started(executionTimeoutSeconds = 3600): DurableState {
  return startDurableState({ operationId: 'execution', input: '{"n":1}', nowMillis: t0, executionTimeoutSeconds });
}

function apply(state: DurableState, updates: readonly OperationUpdate[], nowMillis = t0): DurableState {
  return applyUpdates(state, updates, { nowMillis, callbackId: (id) => `callback-${id}` }).state;
}

const wait = (Id: string, seconds: number): OperationUpdate => ({
  Id,
  Type: 'WAIT',
  Action: 'START',
  WaitOptions: { WaitSeconds: seconds },
});
const statusOf = (state: DurableState, id: string) => state.operations.get(id)?.Status;
const events = (state: DurableState) => state.history.map(({ EventType }) => EventType);

test('a checkpoint is applied wholly or not at all', () => {
  const state = started();
  expect(() => apply(state, [wait('a', 5), { Id: 'b', Type: 'STEP', Action: 'RETRY' }])).toThrow(InvalidUpdate);
  expect(state.operations.has('a')).toBe(false);
});

test('a parent must be a context that was started, possibly in the same checkpoint', () => {
  const child: OperationUpdate = { Id: 'c', ParentId: 'p', Type: 'STEP', Action: 'START' };
  const parent: OperationUpdate = { Id: 'p', Type: 'CONTEXT', Action: 'START' };
  expect(statusOf(apply(started(), [parent, child]), 'c')).toBe('STARTED');
  expect(() => apply(started(), [child])).toThrow('Invalid parent operation id.');
  expect(() => apply(started(), [{ ...parent, Type: 'STEP' }, child])).toThrow('Invalid parent operation id.');
});

test('waits and retries come due by the clock, and the function has not seen that', () => {
  const state = apply(started(), [
    wait('w', 60),
    { Id: 's', Type: 'STEP', Action: 'RETRY', StepOptions: { NextAttemptDelaySeconds: 30 } },
  ]);
  expect(nextDueMillis(state)).toBe(t0 + 30_000);
  const later = elapse(state, t0 + 30_000);
  expect([statusOf(later, 's'), statusOf(later, 'w')]).toEqual(['READY', 'STARTED']);
  expect([...later.unseen]).toEqual(['s']);
  expect(nextDueMillis(later)).toBe(t0 + 60_000);
  const end = elapse(later, t0 + 60_000);
  expect(statusOf(end, 'w')).toBe('SUCCEEDED');
  expect([...end.unseen]).toEqual(['s', 'w']);
});

test('a callback is answered once', () => {
  const state = apply(started(), [{ Id: 'c', Type: 'CALLBACK', Action: 'START' }]);
  const answered = complete(state, 'c', { kind: 'succeeded', result: 'yes' }, t0);
  expect(answered?.operations.get('c')).toMatchObject({
    Status: 'SUCCEEDED',
    CallbackDetails: { CallbackId: 'callback-c', Result: 'yes' },
  });
  expect(answered && complete(answered, 'c', { kind: 'succeeded', result: 'no' }, t0)).toBeUndefined();
});

test('a callback times out by its time-out, or by a heartbeat that stays away', () => {
  const CallbackOptions = { TimeoutSeconds: 100, HeartbeatTimeoutSeconds: 10 };
  const state = apply(started(), [{ Id: 'c', Type: 'CALLBACK', Action: 'START', CallbackOptions }]);
  expect(nextDueMillis(state)).toBe(t0 + 10_000);
  const alive = beat(state, 'c', t0 + 9_000) ?? state;
  expect(nextDueMillis(alive)).toBe(t0 + 19_000);
  expect(elapse(alive, t0 + 19_000).operations.get('c')).toMatchObject({
    Status: 'TIMED_OUT',
    CallbackDetails: { Error: { ErrorMessage: 'Callback timed out on heartbeat' } },
  });
  const patient = apply(started(), [
    { Id: 'c', Type: 'CALLBACK', Action: 'START', CallbackOptions: { TimeoutSeconds: 100 } },
  ]);
  expect(elapse(patient, t0 + 100_000).operations.get('c')).toMatchObject({
    Status: 'TIMED_OUT',
    CallbackDetails: { Error: { ErrorMessage: 'Callback timed out' } },
  });
});

test('the execution times out, and nothing changes it any more', () => {
  const state = elapse(apply(started(60), [wait('w', 300)]), t0 + 60_000);
  expect(state).toMatchObject({ status: 'TIMED_OUT', endMillis: t0 + 60_000 });
  expect(nextDueMillis(state)).toBeUndefined();
  expect(endDurableState(state, { status: 'SUCCEEDED', nowMillis: t0 + 61_000 })).toBe(state);
  expect(events(state)).toEqual(['ExecutionStarted', 'WaitStarted', 'ExecutionTimedOut']);
});

test('a result that is too large for the response ends the execution by a checkpoint, which must be the last update', () => {
  const result: OperationUpdate = { Id: 'any', Type: 'EXECUTION', Action: 'SUCCEED', Payload: '"large"' };
  expect(apply(started(), [result])).toMatchObject({ status: 'SUCCEEDED', result: '"large"' });
  expect(() => apply(started(), [result, wait('w', 1)])).toThrow(InvalidUpdate);
});

test('children of a context that has ended are not replayed, unless it asks for them', () => {
  const context = (Id: string, ParentId?: string): OperationUpdate => ({
    Id,
    Type: 'CONTEXT',
    Action: 'START',
    ...(ParentId === undefined ? {} : { ParentId }),
  });
  const step = (Id: string, ParentId: string): OperationUpdate => ({ Id, ParentId, Type: 'STEP', Action: 'SUCCEED' });
  const open = apply(started(), [context('x'), context('y', 'x'), step('1', 'y'), step('2', 'x')]);
  expect(replayableOperations(open).map(({ Id }) => Id)).toEqual(['execution', 'x', 'y', '1', '2']);
  const closed = apply(open, [{ ...context('x'), Action: 'SUCCEED' }]);
  expect(replayableOperations(closed).map(({ Id }) => Id)).toEqual(['execution', 'x']);
  const kept = apply(open, [{ ...context('x'), Action: 'SUCCEED', ContextOptions: { ReplayChildren: true } }]);
  expect(replayableOperations(kept).map(({ Id }) => Id)).toEqual(['execution', 'x', 'y', '1', '2']);
});

test('only what can wake the execution is open work', () => {
  const context: OperationUpdate = { Id: 'x', Type: 'CONTEXT', Action: 'START' };
  expect(hasOpenWork(apply(started(), [context, { Id: 's', Type: 'STEP', Action: 'START' }]))).toBe(false);
  expect(hasOpenWork(apply(started(), [context, wait('w', 1)]))).toBe(true);
});

const tooMuch: readonly { readonly name: string; readonly update: OperationUpdate; readonly says: string }[] = [
  {
    name: 'a payload',
    update: { Id: 's', Type: 'STEP', Action: 'SUCCEED', Payload: 'x'.repeat(DURABLE_LIMITS.payloadBytes + 1) },
    says: 'larger than 262144 bytes',
  },
  {
    name: 'an error',
    update: { Id: 's', Type: 'STEP', Action: 'FAIL', Error: { ErrorData: 'x'.repeat(DURABLE_LIMITS.errorBytes) } },
    says: 'less than 32768 bytes',
  },
];

test.each(tooMuch)('$name over its limit is refused', ({ update, says }) => {
  expect(() => apply(started(), [update])).toThrow(says);
});

test('an execution has at most 3000 operations, its own included', () => {
  const updates = Array.from({ length: DURABLE_LIMITS.operations - 1 }, (_, index) => wait(`w${index}`, 1));
  const full = apply(started(), updates);
  expect(full.operations.size).toBe(DURABLE_LIMITS.operations);
  expect(() => apply(full, [wait('one-more', 1)])).toThrow('limit of 3000 operations');
});
