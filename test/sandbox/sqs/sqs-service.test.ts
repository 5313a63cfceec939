import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

import type { Sandbox } from '../../../sandbox/sandbox';
import { createSqs } from '../../../sandbox/sqs/sqs-service';
import { SQS_AVAILABLE } from '../../../sandbox/sqs/queue';
import { asAdministrator, hub, provision, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
let client: SQSClient;
let available: unknown[];
beforeEach(async () => {
  sandbox = await startSmallSandbox(createSqs());
  client = new SQSClient(asAdministrator(sandbox, hub));
  available = [];
  sandbox.world.on(SQS_AVAILABLE, (payload) => available.push(payload));
});
afterEach(() => sandbox.stop());

const make = async (properties: object = {}, name = 'work') =>
  (await provision(sandbox, 'AWS::SQS::Queue', { QueueName: name, ...properties })).ref;
const send = (QueueUrl: string, MessageBody = 'hello') =>
  client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
const receive = async (QueueUrl: string, options: object = {}) =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl, ...options }))).Messages ?? [];
const seconds = (count: number) => sandbox.world.clock.advance(count * 1000);

test('a message is received once within its visibility time-out, and again after it', async () => {
  const url = await make({ VisibilityTimeout: 10 });
  await client.send(
    new SendMessageCommand({
      QueueUrl: url,
      MessageBody: 'hello',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'x' } },
    }),
  );
  const [first] = await receive(url, { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
  expect(first).toMatchObject({
    Body: 'hello',
    MessageAttributes: { kind: { StringValue: 'x' } },
    Attributes: { ApproximateReceiveCount: '1' },
  });
  expect(await receive(url)).toEqual([]);
  await seconds(10);
  expect(await receive(url)).toMatchObject([{ MessageId: first?.MessageId }]);
});

test('a queue says when messages become visible', async () => {
  const url = await make({ VisibilityTimeout: 10 });
  await send(url);
  expect(available).toEqual([{ queueArn: `arn:aws:sqs:eu-central-1:${hub}:work` }]);
  await receive(url);
  await seconds(10);
  expect(available).toHaveLength(2);
});

test('a deleted message neither comes back nor announces itself', async () => {
  const url = await make();
  await send(url);
  const [message] = await receive(url);
  await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }));
  await seconds(60);
  expect(await receive(url)).toEqual([]);
  expect(available).toHaveLength(1);
});

test('an older receipt handle deletes nothing', async () => {
  const url = await make({ VisibilityTimeout: 10 });
  await send(url);
  const [older] = await receive(url);
  await seconds(10);
  await receive(url);
  await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: older?.ReceiptHandle }));
  await seconds(10);
  expect(await receive(url)).toHaveLength(1);
});

test('a message that is received too often goes to the dead-letter queue', async () => {
  const dead = await make({}, 'dead');
  const deadLetterTargetArn = `arn:aws:sqs:eu-central-1:${hub}:dead`;
  const url = await make({ VisibilityTimeout: 1, RedrivePolicy: { deadLetterTargetArn, maxReceiveCount: 2 } });
  await send(url);
  for (const expected of [1, 1, 0]) {
    expect(await receive(url)).toHaveLength(expected);
    await seconds(1);
  }
  expect(await receive(dead)).toMatchObject([{ Body: 'hello' }]);
});

test('visibility can be changed: to nothing at once, or to later', async () => {
  const url = await make();
  await send(url);
  const [message] = await receive(url);
  await client.send(
    new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 }),
  );
  const [again] = await receive(url);
  await client.send(
    new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: again?.ReceiptHandle, VisibilityTimeout: 100 }),
  );
  await seconds(99);
  expect(await receive(url)).toEqual([]);
  await seconds(1);
  expect(await receive(url)).toHaveLength(1);
});

test('a delayed message waits', async () => {
  const url = await make({ DelaySeconds: 5 });
  await send(url);
  expect(await receive(url)).toEqual([]);
  await seconds(5);
  expect(await receive(url)).toHaveLength(1);
});

test('a long poll ends when a message arrives', async () => {
  const url = await make();
  const poll = receive(url, { WaitTimeSeconds: 20 });
  await sandbox.world.clock.idle();
  await send(url, 'late');
  expect(await poll).toMatchObject([{ Body: 'late' }]);
});

test('messages are kept for the retention period', async () => {
  const url = await make({ MessageRetentionPeriod: 60 });
  await send(url);
  await seconds(60);
  expect(await receive(url)).toEqual([]);
});

test('batches succeed and fail entry by entry', async () => {
  const url = await make();
  const sent = await client.send(
    new SendMessageBatchCommand({
      QueueUrl: url,
      Entries: [
        { Id: 'a', MessageBody: 'one' },
        { Id: 'b', MessageBody: '' },
      ],
    }),
  );
  expect(sent).toMatchObject({ Successful: [{ Id: 'a' }], Failed: [{ Id: 'b', Code: 'MissingParameter' }] });
  const [message] = await receive(url);
  const deleted = await client.send(
    new DeleteMessageBatchCommand({
      QueueUrl: url,
      Entries: [
        { Id: 'a', ReceiptHandle: message?.ReceiptHandle },
        { Id: 'b', ReceiptHandle: 'made-up' },
      ],
    }),
  );
  expect(deleted).toMatchObject({ Successful: [{ Id: 'a' }], Failed: [{ Id: 'b', Code: 'ReceiptHandleIsInvalid' }] });
});

test('attributes, URL, list and purge', async () => {
  const url = await make();
  await send(url);
  await send(url);
  await receive(url);
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }));
  expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '1', ApproximateNumberOfMessagesNotVisible: '1' });
  expect(await client.send(new GetQueueUrlCommand({ QueueName: 'work' }))).toMatchObject({ QueueUrl: url });
  expect(await client.send(new ListQueuesCommand({}))).toMatchObject({ QueueUrls: [url] });
  await client.send(new PurgeQueueCommand({ QueueUrl: url }));
  await seconds(60);
  expect(await receive(url)).toEqual([]);
});

test('a queue that does not exist', async () => {
  await expect(client.send(new GetQueueUrlCommand({ QueueName: 'none' }))).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
  });
});

test('an unknown property fails the deployment', async () => {
  await expect(make({ FifoQueue: true })).rejects.toMatchObject({
    message: expect.stringContaining('FifoQueue') as string,
  });
});
