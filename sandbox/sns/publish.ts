import type { PublishInput, PublishResponse } from '@aws-sdk/client-sns';

import { matchesEventPattern } from '../events/event-pattern';
import { parseArn, type Arn } from '../runtime/arn';
import { AwsError } from '../runtime/aws-error';
import type { Operation } from '../runtime/operation';
import type { World } from '../runtime/world';
import type { PublishedMessage, Subscription, Topics } from './topics';

/** Signal: a message went to a subscriber by mail; payload `MailSent`. */
export const MAIL_SENT = 'sns:mail';

export interface MailSent extends PublishedMessage {
  readonly to: string;
}

const MAX_MESSAGE_BYTES = 262_144;
/** Documented as fewer than 100. */
const MAX_SUBJECT_CHARACTERS = 99;
const MAX_ATTRIBUTE_NAME = 256;

/**
 * Publishes ≤256 KB to a topic: the answer does not wait for the deliveries to its subscriptions. No SMS.
 * It throws NotFound, and InvalidParameter for a message or subject that SNS refuses.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function createPublish(topics: Topics): Operation<PublishInput, PublishResponse> {
  return {
    permissions: ({ TopicArn, TargetArn }) => [{ action: 'sns:Publish', resource: TopicArn ?? TargetArn ?? '*' }],
    handle: (input, { world }) => {
      const { Message = '', Subject, MessageAttributes = {} } = input;
      if (input.PhoneNumber !== undefined) throw invalid('PhoneNumber Reason: text messages are not in the sandbox');
      const topic = topics.get(input.TopicArn ?? input.TargetArn ?? '');
      const problem = problemOfPublish(input);
      if (problem !== undefined) throw invalid(problem);
      const published: PublishedMessage = {
        topicArn: topic.arn,
        messageId: world.uuid(),
        subject: Subject,
        message: Message,
        attributes: MessageAttributes,
        at: new Date(world.clock.now()).toISOString(),
      };
      topics.published.push(published);
      for (const subscription of topic.subscriptions.values()) {
        if (!accepts(subscription, published)) continue;
        const text = input.MessageStructure === 'json' ? textFor(subscription.protocol, Message) : Message;
        void world.clock.busy(deliver(world, topics, subscription, { ...published, message: text }));
      }
      return { MessageId: published.messageId };
    },
  };
}

/**
 * What SNS has against a message. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html and
 * https://docs.aws.amazon.com/sns/latest/api/API_MessageAttributeValue.html
 */
export function problemOfPublish({ Message = '', Subject, MessageAttributes = {} }: PublishInput): string | undefined {
  if (Message === '') return 'Empty message';
  const attributes = Object.entries(MessageAttributes);
  const parts = attributes.flatMap(([name, { DataType = '', StringValue = '' }]) => [name, DataType, StringValue]);
  if (Buffer.byteLength([Message, ...parts].join('')) > MAX_MESSAGE_BYTES) return 'Message too long';
  if (Subject !== undefined && (Subject.length > MAX_SUBJECT_CHARACTERS || !/^[!-~][ -~]*$/.test(Subject))) {
    return 'Subject';
  }
  if ([Message, ...parts].some((each) => /\p{Cs}/u.test(each))) return 'Message is not UTF-8';
  for (const [name, { DataType = '', StringValue = '' }] of attributes) {
    if (!/^(?!aws\.|amazon\.)[\w-]+(\.[\w-]+)*$/i.test(name) || name.length > MAX_ATTRIBUTE_NAME)
      return `attribute name ${name}`;
    if (StringValue === '') return `The message attribute '${name}' must contain non-empty message attribute value`;
    const isNumber = /^-?\d{1,15}(\.\d{1,5})?$/.test(StringValue);
    if (DataType === 'Number' && !isNumber) return `Could not cast message attribute '${name}' value to number`;
    if (DataType === 'String.Array' && !isArrayOfJson(StringValue))
      return `The message attribute '${name}' is no array`;
    if (!/^(String|Number|String\.Array|Binary)(\.\w+)?$/.test(DataType)) return `The type of attribute '${name}'`;
  }
  return undefined;
}

function isArrayOfJson(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${reason}`);
}

/** `MessageStructure: json` carries one text a protocol. */
function textFor(protocol: string, message: string): string {
  const texts = parseObject(message);
  const text = texts[protocol] ?? texts['default'];
  if (typeof text !== 'string') throw invalid('Message Structure - No default entry in JSON message body');
  return text;
}

function parseObject(json: string): Record<string, unknown> {
  try {
    return Object.fromEntries(Object.entries(Object(JSON.parse(json)) as object));
  } catch {
    throw invalid('Message Structure - JSON message body failed to parse');
  }
}

function accepts({ filter }: Subscription, { attributes }: PublishedMessage): boolean {
  if (!filter) return true;
  const values = Object.entries(attributes).map(([name, { DataType, StringValue = '' }]): [string, unknown] => [
    name,
    DataType === 'String' ? StringValue : JSON.parse(StringValue),
  ]);
  return matchesEventPattern(filter, Object.fromEntries(values));
}

async function deliver(
  world: World,
  topics: Topics,
  subscription: Subscription,
  published: PublishedMessage,
): Promise<void> {
  const { topicArn, protocol, endpoint } = subscription;
  const delivery = { topicArn, messageId: published.messageId, protocol, endpoint };
  const arn = parseArn(endpoint);
  if (!arn || (protocol !== 'sqs' && protocol !== 'lambda')) {
    topics.deliveries.push({ ...delivery, outcome: 'recorded' });
    if (protocol === 'email' || protocol === 'email-json') {
      world.emit(MAIL_SENT, { ...published, to: endpoint } satisfies MailSent);
    }
    return;
  }
  try {
    await send(world, subscription, arn, published);
    topics.deliveries.push({ ...delivery, outcome: 'delivered' });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    topics.deliveries.push({ ...delivery, outcome: 'failed', reason: `${error.code}: ${error.message}` });
  }
}

async function send(world: World, subscription: Subscription, arn: Arn, published: PublishedMessage): Promise<void> {
  const { topicArn, protocol, endpoint, rawDelivery } = subscription;
  const call = {
    principal: {
      kind: 'service',
      service: 'sns.amazonaws.com',
      account: parseArn(topicArn)?.account ?? arn.account,
      sourceArn: topicArn,
    },
    account: arn.account,
    region: arn.region,
  } as const;
  const notification = toNotification(published);
  if (protocol === 'lambda') {
    const Records = [
      { EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscription.arn, Sns: notification },
    ];
    const Payload = Buffer.from(JSON.stringify({ Records }));
    await world.call('lambda', 'Invoke', { FunctionName: endpoint, InvocationType: 'Event', Payload }, call);
    return;
  }
  const body = rawDelivery
    ? { MessageBody: published.message, MessageAttributes: published.attributes }
    : { MessageBody: JSON.stringify(notification) };
  await world.call(
    'sqs',
    'SendMessage',
    { QueueUrl: `${world.endpoint}/${arn.account}/${arn.resource}`, ...body },
    call,
  );
}

function toNotification({ messageId, topicArn, subject, message, at, attributes }: PublishedMessage): object {
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue }]) => [
      name,
      { Type: DataType, Value: StringValue },
    ]),
  );
  return {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topicArn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: message,
    Timestamp: at,
    ...(Object.keys(attributes).length > 0 ? { MessageAttributes } : {}),
  };
}
