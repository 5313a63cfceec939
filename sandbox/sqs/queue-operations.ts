import type {
  CreateQueueRequest,
  CreateQueueResult,
  GetQueueAttributesRequest,
  GetQueueAttributesResult,
  GetQueueUrlRequest,
  GetQueueUrlResult,
  ListQueuesRequest,
  ListQueuesResult,
} from '@aws-sdk/client-sqs';

import { parsePolicy } from '../iam/parse-policy';
import { AwsError } from '../runtime/aws-error';
import type { Operation } from '../runtime/operation';
import type { World } from '../runtime/world';
import { toSettings } from './provisioners';
import type { Queue } from './queue';
import { queueArnOf, type Queues } from './queues';

export interface QueueOperations {
  readonly CreateQueue: Operation<CreateQueueRequest, CreateQueueResult>;
  readonly GetQueueUrl: Operation<GetQueueUrlRequest, GetQueueUrlResult>;
  readonly GetQueueAttributes: Operation<GetQueueAttributesRequest, GetQueueAttributesResult>;
  readonly ListQueues: Operation<ListQueuesRequest, ListQueuesResult>;
}

/**
 * Makes queues and describes them; the numbers of messages are exact here. They throw QueueDoesNotExist,
 * QueueNameExists, InvalidAttributeValue and InvalidParameterValue.
 */
export function createQueueOperations(queues: Queues): QueueOperations {
  return {
    CreateQueue: {
      permissions: ({ QueueName }, context) => [
        { action: 'sqs:CreateQueue', resource: queueArnOf(QueueName, context) },
      ],
      handle: ({ QueueName = '', Attributes = {} }, context) => {
        const { Policy, RedrivePolicy, ...rest } = Attributes;
        const redrive = RedrivePolicy ? { RedrivePolicy: parseJson('RedrivePolicy', RedrivePolicy) } : {};
        const policy = Policy ? parsePolicy(parseJson('Policy', Policy)) : undefined;
        const queue = queues.create(context, QueueName, toSettings({ ...rest, ...redrive }));
        queue.policy = policy;
        return { QueueUrl: queue.url };
      },
    },
    GetQueueUrl: {
      permissions: ({ QueueName, QueueOwnerAWSAccountId: owner }, context) => [
        { action: 'sqs:GetQueueUrl', resource: queueArnOf(owner ? `${owner}/${QueueName ?? ''}` : QueueName, context) },
      ],
      handle: ({ QueueName, QueueOwnerAWSAccountId: owner }, context) => ({
        QueueUrl: queues.byUrl(owner ? `${owner}/${QueueName ?? ''}` : QueueName, context).url,
      }),
    },
    GetQueueAttributes: {
      permissions: ({ QueueUrl }, context) => [
        { action: 'sqs:GetQueueAttributes', resource: queueArnOf(QueueUrl, context) },
      ],
      handle: ({ QueueUrl, AttributeNames = [] }, context) => {
        const all = toAttributes(queues.byUrl(QueueUrl, context), context.world);
        const names: readonly string[] = AttributeNames;
        const asked = Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name));
        return { Attributes: Object.fromEntries(asked) };
      },
    },
    ListQueues: {
      permissions: () => [{ action: 'sqs:ListQueues', resource: '*' }],
      handle: ({ QueueNamePrefix = '' }, { account, region }) => {
        const found = queues.list(account, region).filter(({ name }) => name.startsWith(QueueNamePrefix));
        return { QueueUrls: found.map(({ url }) => url) };
      },
    },
  };
}

function parseJson(attribute: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${attribute}.`);
  }
}

function toAttributes(queue: Queue, world: World): Record<string, string> {
  const now = world.clock.now();
  const { settings, messages, policy } = queue;
  const hidden = messages.filter(({ visibleMillis }) => visibleMillis > now);
  const delayed = hidden.filter(({ receiveCount }) => receiveCount === 0);
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(messages.length - hidden.length),
    ApproximateNumberOfMessagesNotVisible: String(hidden.length - delayed.length),
    ApproximateNumberOfMessagesDelayed: String(delayed.length),
    CreatedTimestamp: String(Math.floor(queue.createdMillis / 1000)),
    VisibilityTimeout: String(settings.visibilityTimeoutSeconds),
    DelaySeconds: String(settings.delaySeconds),
    MessageRetentionPeriod: String(settings.retentionSeconds),
    ReceiveMessageWaitTimeSeconds: String(settings.receiveWaitSeconds),
    ...(settings.redrive ? { RedrivePolicy: JSON.stringify(settings.redrive) } : {}),
    ...(policy ? { Policy: JSON.stringify(policy) } : {}),
  };
}
