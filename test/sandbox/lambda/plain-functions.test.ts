import { rmSync } from 'node:fs';

import { InvokeCommand, type InvokeCommandOutput } from '@aws-sdk/client-lambda';

import { startMillis } from '../small-sandbox';
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

function invoke(work: object, more: object = {}): Promise<InvokeCommandOutput> {
  const Payload = Buffer.from(JSON.stringify(work));
  return deployed.lambda.send(new InvokeCommand({ FunctionName: 'worker', Payload, ...more }));
}

async function answerOf(work: object): Promise<unknown> {
  return JSON.parse((await invoke(work)).Payload?.transformToString() ?? '');
}

test('a function is invoked in a process of its own and answers', async () => {
  const { StatusCode, FunctionError, ExecutedVersion, Payload } = await invoke({ kind: 'echo', text: 'hello' });
  expect({ StatusCode, FunctionError, ExecutedVersion }).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST' });
  expect(JSON.parse(Payload?.transformToString() ?? '')).toEqual({ text: 'hello' });
});

test("its environment is the template's and Lambda's, and nothing of ours", async () => {
  process.env['SECRET_OF_THE_DEVELOPER'] = 'x';
  const environment = await answerOf({ kind: 'environment' });
  delete process.env['SECRET_OF_THE_DEVELOPER'];
  expect(environment).toMatchObject({
    TABLE: 'ledger',
    AWS_REGION: 'eu-central-1',
    AWS_LAMBDA_FUNCTION_NAME: 'worker',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_ENDPOINT_URL: deployed.sandbox.endpoint,
  });
  expect(environment).not.toHaveProperty('SECRET_OF_THE_DEVELOPER');
  expect(environment).not.toHaveProperty('HOME');
});

test('it acts with the session of its role', async () => {
  expect(await answerOf({ kind: 'identity' })).toBe('arn:aws:sts::111111111111:assumed-role/Functions/worker');
});

test("it lives in the sandbox's time", async () => {
  await deployed.sandbox.world.clock.advance(3_600_000);
  const expected = startMillis + 3_600_000;
  const { now, date, parsed, text } = (await answerOf({ kind: 'time' })) as Record<string, string>;
  for (const read of [Number(now), Date.parse(date ?? ''), Date.parse(text ?? '')]) {
    expect(Math.abs(read - expected)).toBeLessThan(5000);
  }
  expect(parsed).toBe('1970-01-01T00:00:00.000Z');
});

test('its process stays warm', async () => {
  await invoke({ kind: 'count' });
  expect(await answerOf({ kind: 'count' })).toEqual({ invocations: 2 });
});

const failures: readonly { readonly kind: string; readonly errorType: string; readonly says: RegExp }[] = [
  { kind: 'throw', errorType: 'RangeError', says: /^too far$/ },
  { kind: 'exit', errorType: 'Runtime.ExitError', says: /exit status 7/ },
  { kind: 'hang', errorType: 'Sandbox.Timedout', says: /Task timed out after 2\.00 seconds/ },
];

test.each(failures)(
  'a function that does "$kind" answers with its error, and the next invocation works',
  async (failure) => {
    const { StatusCode, FunctionError, Payload } = await invoke({ kind: failure.kind });
    expect({ StatusCode, FunctionError }).toEqual({ StatusCode: 200, FunctionError: 'Unhandled' });
    const error: unknown = JSON.parse(Payload?.transformToString() ?? '');
    expect(error).toMatchObject({ errorType: failure.errorType, errorMessage: expect.stringMatching(failure.says) });
    expect(await answerOf({ kind: 'echo', text: 'still there' })).toEqual({ text: 'still there' });
  },
);

test('what it prints is kept, with metrics of the embedded format', async () => {
  await invoke({ kind: 'print' });
  const lines = await deployed.inspect<{ stream: string; line: string; requestId: string }[]>('logs', {
    functionName: 'worker',
  });
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ stream: 'stdout', line: 'to stdout', requestId: expect.any(String) }),
      expect.objectContaining({ stream: 'stderr', line: 'to stderr' }),
    ]),
  );
  expect(await deployed.inspect('metrics')).toMatchObject([
    { namespace: 'Test', name: 'Closed', unit: 'Count', value: 2, dimensions: { Control: 'EC2.13' } },
  ]);
});

test('an asynchronous invocation that fails is repeated twice by the clock, then goes to its destination', async () => {
  const { StatusCode } = await invoke({ kind: 'throw' }, { InvocationType: 'Event' });
  expect(StatusCode).toBe(202);
  const { clock } = deployed.sandbox.world;
  const counts: number[] = [];
  for (const seconds of [0, 59, 1, 119, 1, 3600]) {
    await clock.advance(seconds * 1000);
    counts.push((await deployed.inspect<unknown[]>('invocations')).length);
  }
  expect(counts).toEqual([1, 1, 2, 2, 3, 3]);
  const [message, ...others] = await messages('failed');
  expect(others).toEqual([]);
  expect(JSON.parse(message ?? '')).toMatchObject({
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    requestPayload: { kind: 'throw' },
    responsePayload: { errorType: 'RangeError' },
  });
});

async function messages(queueName: string): Promise<readonly string[]> {
  const response = await fetch(`${deployed.sandbox.endpoint}/_sandbox/sqs/messages`);
  const all = (await response.json()) as readonly { readonly queue: string; readonly body: string }[];
  return all.filter(({ queue }) => queue.endsWith(`:${queueName}`)).map(({ body }) => body);
}

const badCalls: readonly { readonly name: string; readonly input: object; readonly error: string }[] = [
  { name: 'an unknown function', input: { FunctionName: 'nobody' }, error: 'ResourceNotFoundException' },
  { name: 'an unknown version', input: { Qualifier: '9' }, error: 'ResourceNotFoundException' },
  { name: 'a payload that is no JSON', input: { Payload: Buffer.from('{') }, error: 'InvalidRequestContentException' },
  { name: 'an execution name', input: { DurableExecutionName: 'x' }, error: 'InvalidParameterValueException' },
  {
    name: 'a payload that is too large for an event',
    input: { InvocationType: 'Event', Payload: Buffer.from(JSON.stringify('x'.repeat(1_048_577))) },
    error: 'RequestTooLargeException',
  },
];

test.each(badCalls)('$name is refused', async ({ input, error }) => {
  await expect(invoke({}, input)).rejects.toMatchObject({ name: error });
});

test('a service may invoke as the permission says, and only so', async () => {
  const { world } = deployed.sandbox;
  const call = (sourceArn: string) =>
    world.call(
      'lambda',
      'Invoke',
      { FunctionName: 'worker', InvocationType: 'Event', Payload: Buffer.from('{"kind":"echo"}') },
      {
        principal: { kind: 'service', service: 'events.amazonaws.com', account: '111111111111', sourceArn },
        account: '111111111111',
        region: 'eu-central-1',
      },
    );
  const rule = 'arn:aws:events:eu-central-1:111111111111:rule/';
  await expect(call(`${rule}mine`)).resolves.toMatchObject({ StatusCode: 202 });
  await expect(call(`${rule}other`)).rejects.toMatchObject({ code: 'AccessDeniedException' });
});
