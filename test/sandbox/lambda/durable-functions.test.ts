import { rmSync } from 'node:fs';

import {
  CheckpointDurableExecutionCommand,
  GetDurableExecutionCommand,
  GetDurableExecutionHistoryCommand,
  InvokeCommand,
  ListDurableExecutionsByFunctionCommand,
  SendDurableExecutionCallbackFailureCommand,
  SendDurableExecutionCallbackHeartbeatCommand,
  SendDurableExecutionCallbackSuccessCommand,
  StopDurableExecutionCommand,
  type GetDurableExecutionCommandOutput,
} from '@aws-sdk/client-lambda';

import { EVENTS_PUT, type EventsPut } from '../../../sandbox/events/bus-event';
import { buildAssembly, deployFunctions, type DeployedFunctions } from './deployed-functions';

let directory: string;
let deployed: DeployedFunctions;

beforeAll(() => {
  directory = buildAssembly();
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});
beforeEach(async () => {
  deployed = await deployFunctions(directory);
});
afterEach(() => deployed.sandbox.stop());

async function start(order: object, name?: string): Promise<string> {
  const { DurableExecutionArn = '' } = await deployed.lambda.send(
    new InvokeCommand({
      FunctionName: deployed.liveArn,
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify(order)),
      DurableExecutionName: name,
    }),
  );
  return DurableExecutionArn;
}

function describeExecution(DurableExecutionArn: string): Promise<GetDurableExecutionCommandOutput> {
  return deployed.lambda.send(new GetDurableExecutionCommand({ DurableExecutionArn }));
}

async function resultOf(arn: string): Promise<unknown> {
  const { Status, Result, Error: error } = await describeExecution(arn);
  return Status === 'SUCCEEDED' ? JSON.parse(Result ?? '') : { Status, error };
}

const pass = (seconds: number): Promise<void> => deployed.sandbox.world.clock.advance(seconds * 1000);
const invocations = async (): Promise<number> => (await deployed.inspect<unknown[]>('invocations')).length;

async function printed(): Promise<readonly string[]> {
  const lines = await deployed.inspect<{ readonly line: string }[]>('logs');
  return lines.map(({ line }) => line);
}

async function callbackId(): Promise<string> {
  return (
    (await printed())
      .find((line) => line.includes('asked '))
      ?.split('asked ')[1]
      ?.replace(/".*/, '') ?? ''
  );
}

test('a step is run once and its result ends the execution', async () => {
  const arn = await start({ kind: 'step' }, 'one-target');
  expect(arn).toMatch(
    /^arn:aws:lambda:eu-central-1:111111111111:function:orchestrator:1\/durable-execution\/one-target\/[\w-]+$/,
  );
  await pass(0);
  expect(await describeExecution(arn)).toMatchObject({
    Status: 'SUCCEEDED',
    Result: '{"rules":2}',
    DurableExecutionName: 'one-target',
    Version: '1',
    InputPayload: '{"kind":"step"}',
    DurableConfig: { ExecutionTimeout: 86_400, RetentionPeriodInDays: 7 },
  });
});

test('a step that fails is tried again after its delays', async () => {
  const arn = await start({ kind: 'retry' });
  await pass(29);
  expect(await describeExecution(arn)).toMatchObject({ Status: 'RUNNING' });
  await pass(1);
  expect(await invocations()).toBe(2);
  await pass(60);
  expect(await resultOf(arn)).toEqual({ attempt: 3 });
  expect(await invocations()).toBe(3);
});

test('a wait ends by the clock, and what was done before it is not done again', async () => {
  const arn = await start({ kind: 'wait' });
  await pass(3599);
  expect(await invocations()).toBe(1);
  await pass(1);
  expect(await resultOf(arn)).toEqual({ seconds: 3600 });
  expect(await invocations()).toBe(2);
});

test('a callback wakes the execution with its result', async () => {
  const arn = await start({ kind: 'callback' });
  await pass(0);
  const CallbackId = await callbackId();
  const send = () =>
    deployed.lambda.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId, Result: Buffer.from('close') }));
  await send();
  await expect(send()).rejects.toMatchObject({ name: 'CallbackTimeoutException' });
  await pass(0);
  expect(await resultOf(arn)).toEqual({ answer: 'close' });
});

test('a callback may fail, and may time out', async () => {
  const failing = await start({ kind: 'callback' });
  await pass(0);
  const CallbackId = await callbackId();
  await deployed.lambda.send(new SendDurableExecutionCallbackHeartbeatCommand({ CallbackId }));
  await deployed.lambda.send(
    new SendDurableExecutionCallbackFailureCommand({ CallbackId, Error: { ErrorMessage: 'denied' } }),
  );
  await pass(0);
  expect(await resultOf(failing)).toEqual({ refused: expect.stringContaining('denied') });
  const silent = await start({ kind: 'callback' });
  await pass(600);
  expect(await resultOf(silent)).toEqual({ refused: expect.stringContaining('timed out') });
});

test('branches run side by side, and a child context gives its result', async () => {
  const arn = await start({ kind: 'parallel' });
  await pass(5);
  expect(await resultOf(arn)).toEqual({ results: ['l', 'r'], child: 'i' });
});

test('a condition is checked again until it holds', async () => {
  const arn = await start({ kind: 'poll' });
  await pass(20);
  expect(await resultOf(arn)).toBe(3);
});

test('another function is invoked as far as the role allows', async () => {
  const allowed = await start({ kind: 'invoke', functionName: deployed.workerArn });
  const denied = await start({ kind: 'invoke', functionName: `${deployed.workerArn}:$LATEST` });
  await pass(0);
  expect(await resultOf(allowed)).toEqual({ answer: { text: 'hello' } });
  expect(await resultOf(denied)).toEqual({ refused: expect.stringContaining('lambda:InvokeFunction') });
});

test('more operations than one page are replayed', async () => {
  const arn = await start({ kind: 'many' });
  await pass(1);
  expect(await resultOf(arn)).toBe('done');
});

test('a result larger than a response comes by a checkpoint', async () => {
  const arn = await start({ kind: 'large' });
  await pass(0);
  expect(((await resultOf(arn)) as string).length).toBe(6 * 1024 * 1024 - 100);
});

const failures: readonly { readonly kind: string; readonly error: object }[] = [
  { kind: 'fail', error: { ErrorType: 'StepError', ErrorMessage: 'will not work' } },
  { kind: 'throw', error: { ErrorType: 'TypeError', ErrorMessage: 'outside of any step' } },
];

test.each(failures)(
  'an execution that does "$kind" ends as failed, and its event goes to the dead-letter queue',
  async ({ kind, error }) => {
    const arn = await start({ kind });
    await pass(0);
    expect(await describeExecution(arn)).toMatchObject({ Status: 'FAILED', Error: error });
    expect(await invocations()).toBe(1);
    const messages = await fetch(`${deployed.sandbox.endpoint}/_sandbox/sqs/messages`);
    expect(await messages.json()).toMatchObject([{ body: JSON.stringify({ kind }) }]);
  },
);

test('the same name and payload give the same execution, another payload is an error', async () => {
  const arn = await start({ kind: 'step' }, 'once');
  await pass(0);
  expect(await start({ kind: 'step' }, 'once')).toBe(arn);
  await pass(0);
  expect(await invocations()).toBe(1);
  await expect(start({ kind: 'wait' }, 'once')).rejects.toMatchObject({
    name: 'DurableExecutionAlreadyStartedException',
  });
  await pass(7 * 86_400);
  expect(await start({ kind: 'wait' }, 'once')).not.toBe(arn);
});

describe('a process that is lost', () => {
  const cases: readonly { readonly moment: string; readonly prints: readonly string[] }[] = [
    { moment: 'before-checkpoint', prints: ['first runs', 'first runs', 'second runs'] },
    { moment: 'after-checkpoint', prints: ['first runs', 'second runs'] },
  ];

  test.each(cases)('$moment of a step: the execution goes on in a new one', async ({ moment, prints }) => {
    await deployed.inspect('kill', { functionName: 'orchestrator', operation: 'first', action: 'SUCCEED', moment });
    const arn = await start({ kind: 'crash' });
    await pass(0);
    expect(await describeExecution(arn)).toMatchObject({ Status: 'RUNNING' });
    await pass(1);
    expect(await resultOf(arn)).toBe(2);
    expect((await printed()).filter((line) => line.endsWith('runs'))).toEqual(prints);
  });
});

test('a checkpoint with a token that is not the latest is refused', async () => {
  const DurableExecutionArn = await start({ kind: 'wait' });
  const stale = new CheckpointDurableExecutionCommand({ DurableExecutionArn, CheckpointToken: 'stale', Updates: [] });
  const refusal = { name: 'InvalidParameterValueException', message: 'Invalid Checkpoint Token' };
  await expect(deployed.lambda.send(stale)).rejects.toMatchObject(refusal);
  await pass(3600);
  expect(await resultOf(DurableExecutionArn)).toEqual({ seconds: 3600 });
});

test('checkpoints that are throttled end the invocation, which is repeated', async () => {
  deployed.sandbox.world.faults.add({ kind: 'throttle', operation: 'CheckpointDurableExecution', times: 3 });
  const arn = await start({ kind: 'step' });
  await pass(0);
  expect(await describeExecution(arn)).toMatchObject({ Status: 'RUNNING' });
  await pass(1);
  expect(await resultOf(arn)).toEqual({ rules: 2 });
});

test('a response that is lost on its way is repeated, and the checkpoint counts once', async () => {
  deployed.sandbox.world.faults.add({ kind: 'lost-response', operation: 'CheckpointDurableExecution', times: 1 });
  const arn = await start({ kind: 'crash' });
  await pass(0);
  expect(await resultOf(arn)).toBe(2);
  expect(await invocations()).toBe(1);
});

test('a role that may not checkpoint fails the execution', async () => {
  deployed.sandbox.world.faults.add({ kind: 'deny', operation: 'CheckpointDurableExecution' });
  const arn = await start({ kind: 'step' });
  await pass(0);
  expect(await describeExecution(arn)).toMatchObject({
    Status: 'FAILED',
    Error: { ErrorMessage: expect.stringContaining('not authorized') },
  });
});

test('an execution that takes too long times out', async () => {
  await deployed.sandbox.stop();
  deployed = await deployFunctions(directory, { ExecutionTimeout: '600' });
  const arn = await start({ kind: 'wait' });
  await pass(600);
  expect(await describeExecution(arn)).toMatchObject({ Status: 'TIMED_OUT' });
  await pass(3600);
  expect(await invocations()).toBe(1);
});

test('an execution is stopped, and no callback or wait wakes it', async () => {
  const DurableExecutionArn = await start({ kind: 'callback' });
  await pass(0);
  await deployed.lambda.send(
    new StopDurableExecutionCommand({ DurableExecutionArn, Error: { ErrorMessage: 'enough' } }),
  );
  expect(await describeExecution(DurableExecutionArn)).toMatchObject({
    Status: 'STOPPED',
    Error: { ErrorMessage: 'enough' },
  });
  const CallbackId = await callbackId();
  const late = deployed.lambda.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId }));
  await expect(late).rejects.toMatchObject({ name: 'CallbackTimeoutException' });
  await pass(3600);
  expect(await invocations()).toBe(1);
});

test('a synchronous invocation waits for the end of the execution', async () => {
  await deployed.sandbox.stop();
  deployed = await deployFunctions(directory, { ExecutionTimeout: '900' });
  const invoked = deployed.lambda.send(
    new InvokeCommand({ FunctionName: deployed.liveArn, Payload: Buffer.from('{"kind":"retry"}') }),
  );
  while ((await invocations()) === 0) await pass(0);
  await pass(90);
  const { Payload, StatusCode } = await invoked;
  expect([StatusCode, Payload?.transformToString()]).toEqual([200, '{"attempt":3}']);
});

const badStarts: readonly { readonly name: string; readonly input: object; readonly says: RegExp }[] = [
  {
    name: 'without a qualifier',
    input: { FunctionName: 'orchestrator', InvocationType: 'Event' },
    says: /unqualified/,
  },
  { name: 'synchronously for a day', input: { FunctionName: 'orchestrator:live' }, says: /greater than 15 minutes/ },
  {
    name: 'under a bad name',
    input: { FunctionName: 'orchestrator:live', InvocationType: 'Event', DurableExecutionName: 'sg/1' },
    says: /DurableExecutionName "sg\/1"/,
  },
];

test.each(badStarts)('a durable function is not started $name', async ({ input, says }) => {
  const invoked = deployed.lambda.send(new InvokeCommand({ FunctionName: '', ...input }));
  await expect(invoked).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringMatching(says),
  });
});

test('status changes are events on the default bus', async () => {
  const changes: unknown[] = [];
  deployed.sandbox.world.on(EVENTS_PUT, (payload) => changes.push((payload as EventsPut).event));
  const arn = await start({ kind: 'step' }, 'watched');
  await pass(0);
  const detail = { durableExecutionArn: arn, durableExecutionName: 'watched' };
  expect(changes).toMatchObject([
    {
      source: 'aws.lambda',
      'detail-type': 'Durable Execution Status Change',
      detail: { ...detail, status: 'RUNNING' },
    },
    { detail: { ...detail, status: 'SUCCEEDED', endTimestamp: expect.any(String) } },
  ]);
});

test('executions are listed, and their history shows what happened', async () => {
  const arn = await start({ kind: 'wait' }, 'listed');
  await start({ kind: 'step' }, 'other');
  await pass(3600);
  const { DurableExecutions = [] } = await deployed.lambda.send(
    new ListDurableExecutionsByFunctionCommand({ FunctionName: 'orchestrator', Statuses: ['SUCCEEDED'] }),
  );
  expect(DurableExecutions.map(({ DurableExecutionName }) => DurableExecutionName)).toEqual(['listed', 'other']);
  const { Events = [] } = await deployed.lambda.send(
    new GetDurableExecutionHistoryCommand({ DurableExecutionArn: arn }),
  );
  expect(Events.map(({ EventType, Name }) => [EventType, Name].filter(Boolean).join(' '))).toEqual([
    'ExecutionStarted',
    'StepStarted before',
    'StepSucceeded before',
    'WaitStarted pause',
    'InvocationCompleted',
    'WaitSucceeded pause',
    'StepStarted after',
    'StepSucceeded after',
    'InvocationCompleted',
    'ExecutionSucceeded',
  ]);
});
