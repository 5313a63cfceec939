import type { Operation, OperationUpdate } from '@aws-sdk/client-lambda';

import { InvalidUpdate, transition } from '../../../../sandbox/lambda/durable/transition';

const nowMillis = Date.parse('2026-01-31T12:00:00Z');
const context = { nowMillis, callbackId: () => 'callback-id' };
const start = new Date(nowMillis - 60_000);

function step(status: NonNullable<Operation['Status']>, attempt?: number): Operation {
  return {
    Id: 's',
    Type: 'STEP',
    Name: 'read',
    Status: status,
    StartTimestamp: start,
    ...(attempt === undefined ? {} : { StepDetails: { Attempt: attempt } }),
  };
}

const accepted: readonly {
  readonly name: string;
  readonly update: OperationUpdate;
  readonly existing?: Operation;
  readonly becomes: object;
}[] = [
  {
    name: 'a step starts',
    update: { Id: 's', Type: 'STEP', Action: 'START', Name: 'read', SubType: 'Step', ParentId: 'p' },
    becomes: {
      Id: 's',
      Status: 'STARTED',
      Name: 'read',
      SubType: 'Step',
      ParentId: 'p',
      StartTimestamp: new Date(nowMillis),
    },
  },
  {
    name: 'a step ends that was never started',
    update: { Id: 's', Type: 'STEP', Action: 'SUCCEED', Payload: '"x"' },
    becomes: { Status: 'SUCCEEDED', StepDetails: { Attempt: 1, Result: '"x"' }, EndTimestamp: new Date(nowMillis) },
  },
  {
    name: 'a step waits for its next attempt',
    update: {
      Id: 's',
      Type: 'STEP',
      Action: 'RETRY',
      Error: { ErrorMessage: 'no' },
      StepOptions: { NextAttemptDelaySeconds: 5 },
    },
    existing: step('STARTED', 1),
    becomes: {
      Status: 'PENDING',
      StepDetails: { Attempt: 2, Error: { ErrorMessage: 'no' }, NextAttemptTimestamp: new Date(nowMillis + 5000) },
    },
  },
  {
    name: 'a step that is ready starts again and keeps its attempts',
    update: { Id: 's', Type: 'STEP', Action: 'START' },
    existing: step('READY', 2),
    becomes: { Status: 'STARTED', StartTimestamp: start, StepDetails: { Attempt: 2 } },
  },
  {
    name: 'a wait has an end',
    update: { Id: 'w', Type: 'WAIT', Action: 'START', WaitOptions: { WaitSeconds: 60 } },
    becomes: { Status: 'STARTED', WaitDetails: { ScheduledEndTimestamp: new Date(nowMillis + 60_000) } },
  },
  {
    name: 'a callback has an id',
    update: { Id: 'c', Type: 'CALLBACK', Action: 'START' },
    becomes: { Status: 'STARTED', CallbackDetails: { CallbackId: 'callback-id' } },
  },
  {
    name: 'a context that fails keeps its error and asks for its children',
    update: {
      Id: 'x',
      Type: 'CONTEXT',
      Action: 'FAIL',
      Error: { ErrorType: 'E' },
      ContextOptions: { ReplayChildren: true },
    },
    existing: { Id: 'x', Type: 'CONTEXT', Status: 'STARTED', StartTimestamp: start },
    becomes: { Status: 'FAILED', ContextDetails: { Error: { ErrorType: 'E' }, ReplayChildren: true } },
  },
  {
    name: 'a wait is cancelled',
    update: { Id: 'w', Type: 'WAIT', Action: 'CANCEL' },
    existing: { Id: 'w', Type: 'WAIT', Status: 'STARTED', StartTimestamp: start },
    becomes: { Status: 'CANCELLED', EndTimestamp: new Date(nowMillis) },
  },
];

test.each(accepted)('$name', ({ update, existing, becomes }) => {
  expect(transition(update, existing, context)).toMatchObject(becomes);
});

const refused: readonly { readonly name: string; readonly update: OperationUpdate; readonly existing?: Operation }[] = [
  {
    name: 'a step that runs cannot start',
    update: { Id: 's', Type: 'STEP', Action: 'START' },
    existing: step('STARTED'),
  },
  {
    name: 'a step that has ended cannot end',
    update: { Id: 's', Type: 'STEP', Action: 'FAIL' },
    existing: step('SUCCEEDED'),
  },
  {
    name: 'a step that waits for its retry cannot end',
    update: { Id: 's', Type: 'STEP', Action: 'SUCCEED' },
    existing: step('PENDING', 1),
  },
  { name: 'a retry needs a delay', update: { Id: 's', Type: 'STEP', Action: 'RETRY' }, existing: step('STARTED') },
  {
    name: 'a retry has an error or a payload',
    update: {
      Id: 's',
      Type: 'STEP',
      Action: 'RETRY',
      Payload: '1',
      Error: {},
      StepOptions: { NextAttemptDelaySeconds: 1 },
    },
  },
  { name: 'a wait cannot succeed by an update', update: { Id: 'w', Type: 'WAIT', Action: 'SUCCEED' } },
  {
    name: 'a wait has a duration',
    update: { Id: 'w', Type: 'WAIT', Action: 'START', WaitOptions: { WaitSeconds: 0 } },
  },
  { name: 'an id keeps its type', update: { Id: 's', Type: 'WAIT', Action: 'CANCEL' }, existing: step('STARTED') },
  { name: 'a callback cannot be cancelled before it exists', update: { Id: 'c', Type: 'CALLBACK', Action: 'CANCEL' } },
  { name: 'an invoke names a function', update: { Id: 'i', Type: 'CHAINED_INVOKE', Action: 'START' } },
  { name: 'a success has no error', update: { Id: 's', Type: 'STEP', Action: 'SUCCEED', Error: {} } },
  { name: 'a failure has no payload', update: { Id: 's', Type: 'STEP', Action: 'FAIL', Payload: '1' } },
];

test.each(refused)('$name', ({ update, existing }) => {
  expect(() => transition(update, existing, context)).toThrow(InvalidUpdate);
});
