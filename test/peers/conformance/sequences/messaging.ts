import type { Sequence, Step } from '../sequence';

const Policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' },
  ],
});
const queue = (QueueName: string, keep: string): Step => ({
  call: 'sqs:CreateQueue',
  input: { QueueName, Attributes: { Policy } },
  keep: { [keep]: 'QueueUrl' },
  compare: [],
});
const attributes = (url: string, keep: string): Step => ({
  call: 'sqs:GetQueueAttributes',
  as: 'the ARN',
  input: { QueueUrl: `\${${url}}`, AttributeNames: ['QueueArn'] },
  keep: { [keep]: 'Attributes.QueueArn' },
});
const receive = (url: string): Step => ({
  call: 'sqs:ReceiveMessage',
  input: { QueueUrl: `\${${url}}`, MaxNumberOfMessages: 10, AttributeNames: ['ApproximateReceiveCount'] },
  keep: { handle: 'Messages.0.ReceiptHandle' },
  until: 'Messages',
});

export const messaging: readonly Sequence[] = [
  {
    name: 'a queue',
    steps: [
      queue('peers', 'queue'),
      { call: 'sqs:GetQueueUrl', input: { QueueName: 'peers' }, compare: [] },
      { call: 'sqs:GetQueueUrl', as: 'a queue that is not there', input: { QueueName: 'nowhere' } },
      attributes('queue', 'arn'),
      {
        call: 'sqs:SendMessage',
        input: {
          QueueUrl: '${queue}',
          MessageBody: 'first',
          MessageAttributes: { kind: { DataType: 'String', StringValue: 'test' } },
        },
        compare: ['MD5OfMessageBody'],
      },
      { ...receive('queue'), compare: ['Messages.0.Body', 'Messages.0.MD5OfBody', 'Messages.0.Attributes'] },
      { call: 'sqs:ReceiveMessage', as: 'while it is invisible', input: { QueueUrl: '${queue}' } },
      {
        call: 'sqs:ChangeMessageVisibility',
        input: { QueueUrl: '${queue}', ReceiptHandle: '${handle}', VisibilityTimeout: 0 },
      },
      { ...receive('queue'), as: 'received again', compare: ['Messages.0.Body', 'Messages.0.Attributes'] },
      { call: 'sqs:DeleteMessage', input: { QueueUrl: '${queue}', ReceiptHandle: '${handle}' } },
      {
        call: 'sqs:SendMessageBatch',
        input: {
          QueueUrl: '${queue}',
          Entries: [
            { Id: 'a', MessageBody: 'one' },
            { Id: 'b', MessageBody: 'two' },
          ],
        },
        compare: ['Failed', 'Successful.0.Id', 'Successful.0.MD5OfMessageBody', 'Successful.1.Id'],
      },
      {
        call: 'sqs:SendMessageBatch',
        as: 'the same id twice',
        input: {
          QueueUrl: '${queue}',
          Entries: [
            { Id: 'a', MessageBody: 'one' },
            { Id: 'a', MessageBody: 'two' },
          ],
        },
      },
      { call: 'sqs:SendMessageBatch', as: 'nothing', input: { QueueUrl: '${queue}', Entries: [] } },
      { call: 'sqs:ReceiveMessage', as: 'too many', input: { QueueUrl: '${queue}', MaxNumberOfMessages: 11 } },
      {
        call: 'sqs:DeleteMessage',
        as: 'a handle that is none',
        input: { QueueUrl: '${queue}', ReceiptHandle: 'none' },
      },
    ],
  },
  {
    name: 'a topic with a queue',
    steps: [
      queue('peers-mail', 'queue'),
      attributes('queue', 'arn'),
      { call: 'sns:CreateTopic', input: { Name: 'peers' }, keep: { topic: 'TopicArn' } },
      { call: 'sns:CreateTopic', as: 'the same again', input: { Name: 'peers' } },
      {
        call: 'sns:Subscribe',
        input: {
          TopicArn: '${topic}',
          Protocol: 'sqs',
          Endpoint: '${arn}',
          Attributes: { RawMessageDelivery: 'true' },
        },
        compare: [],
      },
      { call: 'sns:Publish', input: { TopicArn: '${topic}', Message: 'hello', Subject: 'A subject' } },
      { ...receive('queue'), compare: ['Messages.0.Body'] },
      {
        call: 'sns:Publish',
        as: 'by protocol',
        input: { TopicArn: '${topic}', MessageStructure: 'json', Message: '{"default":"d","sqs":"for the queue"}' },
      },
      { ...receive('queue'), as: 'received by protocol', compare: ['Messages.0.Body'] },
      {
        call: 'sns:Publish',
        as: 'json without a default',
        input: { TopicArn: '${topic}', MessageStructure: 'json', Message: '{"sqs":"x"}' },
      },
      {
        call: 'sns:Publish',
        as: 'a subject too long',
        input: { TopicArn: '${topic}', Message: 'm', Subject: 's'.repeat(101) },
      },
      { call: 'sns:Publish', as: 'a message too long', input: { TopicArn: '${topic}', Message: 'm'.repeat(262_145) } },
      { call: 'sns:Publish', as: 'an empty message', input: { TopicArn: '${topic}', Message: '' } },
      {
        call: 'sns:Publish',
        as: 'a topic that is not there',
        input: { TopicArn: 'arn:aws:sns:eu-central-1:222222222222:nowhere', Message: 'm' },
      },
      {
        call: 'sns:ListSubscriptions',
        input: {},
        compare: ['Subscriptions.0.Protocol', 'Subscriptions.0.Owner', 'Subscriptions.0.Endpoint'],
      },
    ],
  },
];
