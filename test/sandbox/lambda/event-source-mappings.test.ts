import { rmSync } from 'node:fs';

import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

import { asAdministrator, hub } from '../small-sandbox';
import { buildAssembly, deployFunctions, type DeployedFunctions } from './deployed-functions';

let directory: string;
let deployed: DeployedFunctions;

beforeAll(() => {
  directory = buildAssembly();
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});
afterEach(() => deployed.sandbox.stop());

async function send(...bodies: readonly string[]): Promise<void> {
  const { sandbox } = deployed;
  const sqs = new SQSClient(asAdministrator(sandbox, hub));
  const QueueUrl = `${sandbox.endpoint}/${hub}/work`;
  for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
}

const pass = (seconds: number): Promise<void> => deployed.sandbox.world.clock.advance(seconds * 1000);

async function batches(): Promise<readonly string[]> {
  const lines = await deployed.inspect<{ readonly line: string }[]>('logs', { functionName: 'worker' });
  return lines.map(({ line }) => line).filter((line) => line.startsWith('batch '));
}

async function inQueue(name: string): Promise<readonly string[]> {
  const response = await fetch(`${deployed.sandbox.endpoint}/_sandbox/sqs/messages`);
  const all = (await response.json()) as readonly { readonly queue: string; readonly body: string }[];
  return all.filter(({ queue }) => queue.endsWith(`:${name}`)).map(({ body }) => body);
}

test('a message invokes the function and is then gone', async () => {
  deployed = await deployFunctions(directory);
  await send('one');
  await pass(0);
  expect(await batches()).toEqual(['batch one']);
  expect(await inQueue('work')).toEqual([]);
});

test('a window gathers messages until it closes or the batch is full', async () => {
  deployed = await deployFunctions(directory, { BatchWindow: '20' });
  await send('1', '2');
  await pass(19);
  expect(await batches()).toEqual([]);
  await pass(1);
  expect(await batches()).toEqual(['batch 1 2']);
  await send('3', '4', '5');
  await pass(0);
  expect(await batches()).toEqual(['batch 1 2', 'batch 3 4 5']);
});

test('messages reported as failed come again after the visibility time-out, and then go to the dead letters', async () => {
  deployed = await deployFunctions(directory, { BatchWindow: '1' });
  await send('good', 'bad');
  await pass(1);
  expect(await inQueue('work')).toEqual(['bad']);
  await pass(30);
  await pass(1);
  expect(await batches()).toEqual(['batch good bad', 'batch bad']);
  await pass(30);
  expect(await inQueue('work')).toEqual([]);
  expect(await inQueue('dead-letters')).toEqual(['bad']);
});

test('a function that fails leaves the whole batch in the queue', async () => {
  deployed = await deployFunctions(directory, { BatchWindow: '1' });
  await send('good', 'explode');
  await pass(1);
  expect(await inQueue('work')).toEqual(['good', 'explode']);
});

test('a queue that cannot be read is polled again, and the mapping says why', async () => {
  deployed = await deployFunctions(directory);
  deployed.sandbox.world.faults.add({ kind: 'throttle', service: 'sqs', operation: 'ReceiveMessage', times: 1 });
  await send('one');
  await pass(0);
  const { EventSourceMappings = [] } = await deployed.lambda.send(new ListEventSourceMappingsCommand({}));
  expect(EventSourceMappings).toMatchObject([
    { BatchSize: 3, LastProcessingResult: expect.stringContaining('Throttled') },
  ]);
  await pass(1);
  expect(await batches()).toEqual(['batch one']);
});
