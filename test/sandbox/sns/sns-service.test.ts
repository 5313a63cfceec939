import { ListSubscriptionsCommand, ListTopicsCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';

import type { Sandbox } from '../../../sandbox/sandbox';
import { createSns } from '../../../sandbox/sns/sns-service';
import { createSqs } from '../../../sandbox/sqs/sqs-service';
import { asAdministrator, hub, provision, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
let client: SNSClient;
let topicArn: string;
beforeEach(async () => {
  sandbox = await startSmallSandbox(createSns(), createSqs());
  client = new SNSClient(asAdministrator(sandbox, hub));
  topicArn = (await provision(sandbox, 'AWS::SNS::Topic', { TopicName: 'news' })).ref;
});
afterEach(() => sandbox.stop());

const inspect = (service: string, key: string) => sandbox.world.service(service).inspect?.[key]?.(undefined);

async function subscribedQueue(properties: object = {}) {
  const queue = await provision(sandbox, 'AWS::SQS::Queue', { QueueName: 'inbox' });
  await provision(sandbox, 'AWS::SQS::QueuePolicy', {
    Queues: [queue.ref],
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'sns.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: '*',
          Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
        },
      ],
    },
  });
  await provision(sandbox, 'AWS::SNS::Subscription', {
    TopicArn: topicArn,
    Protocol: 'sqs',
    Endpoint: queue.attributes['Arn'],
    ...properties,
  });
}

test('what is published can be seen, with subject and attributes', async () => {
  await client.send(
    new PublishCommand({
      TopicArn: topicArn,
      Subject: 'Closed',
      Message: 'tcp 22',
      MessageAttributes: { json: { DataType: 'String', StringValue: '{}' } },
    }),
  );
  expect(inspect('sns', 'messages')).toMatchObject([
    { topicArn, subject: 'Closed', message: 'tcp 22', attributes: { json: { StringValue: '{}' } } },
  ]);
});

test('a queue receives the notification in its envelope', async () => {
  await subscribedQueue();
  await client.send(new PublishCommand({ TopicArn: topicArn, Subject: 'S', Message: 'M' }));
  await sandbox.world.clock.idle();
  const [message] = inspect('sqs', 'messages') as { body: string }[];
  expect(JSON.parse(message?.body ?? '')).toMatchObject({
    Type: 'Notification',
    TopicArn: topicArn,
    Subject: 'S',
    Message: 'M',
  });
});

test('raw delivery sends the message alone, and a filter holds back what does not match', async () => {
  await subscribedQueue({ RawMessageDelivery: true, FilterPolicy: { severity: ['HIGH'] } });
  for (const severity of ['LOW', 'HIGH']) {
    const MessageAttributes = { severity: { DataType: 'String', StringValue: severity } };
    await client.send(new PublishCommand({ TopicArn: topicArn, Message: severity, MessageAttributes }));
  }
  await sandbox.world.clock.idle();
  expect(inspect('sqs', 'messages')).toMatchObject([{ body: 'HIGH' }]);
});

test('mail is recorded, not sent', async () => {
  await provision(sandbox, 'AWS::SNS::Subscription', {
    TopicArn: topicArn,
    Protocol: 'email',
    Endpoint: 'a@example.com',
  });
  await client.send(new PublishCommand({ TopicArn: topicArn, Message: 'M' }));
  await sandbox.world.clock.idle();
  expect(inspect('sns', 'deliveries')).toMatchObject([{ endpoint: 'a@example.com', outcome: 'recorded' }]);
  expect(await client.send(new ListSubscriptionsCommand({}))).toMatchObject({ Subscriptions: [{ Protocol: 'email' }] });
  expect(await client.send(new ListTopicsCommand({}))).toMatchObject({ Topics: [{ TopicArn: topicArn }] });
});

const refused: readonly [name: string, input: object, code: string][] = [
  [
    'to a topic that does not exist',
    { TopicArn: `arn:aws:sns:eu-central-1:${hub}:none`, Message: 'x' },
    'NotFoundException',
  ],
  ['without text', { Message: '' }, 'InvalidParameterException'],
  ['with a subject over 100 characters', { Message: 'x', Subject: 'x'.repeat(101) }, 'InvalidParameterException'],
  ['with a line break in the subject', { Message: 'x', Subject: 'a\nb' }, 'InvalidParameterException'],
];

test.each(refused)('publishing %s is refused', async (_name, input, name) => {
  const command = new PublishCommand({ TopicArn: topicArn, Message: 'x', ...input });
  await expect(client.send(command)).rejects.toMatchObject({ name });
});
