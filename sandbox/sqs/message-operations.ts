import type {
  BatchResultErrorEntry,
  ChangeMessageVisibilityRequest,
  DeleteMessageBatchRequest,
  DeleteMessageBatchResult,
  DeleteMessageRequest,
  Message,
  PurgeQueueRequest,
  ReceiveMessageRequest,
  ReceiveMessageResult,
  SendMessageBatchRequest,
  SendMessageBatchResult,
  SendMessageRequest,
  SendMessageResult,
} from '@aws-sdk/client-sqs';

import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation } from '../runtime/operation';
import { md5Hex } from './queue';
import type { QueuedMessage } from './queued-message';
import { queueArnOf, type Queues } from './queues';

type Empty = Record<string, never>;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MAX_MESSAGE_BYTES = 1_048_576;
const MAX_BATCH = 10;
const MAX_VISIBILITY_SECONDS = 43_200;

export interface MessageOperations {
  readonly SendMessage: Operation<SendMessageRequest, SendMessageResult>;
  readonly SendMessageBatch: Operation<SendMessageBatchRequest, SendMessageBatchResult>;
  readonly ReceiveMessage: Operation<ReceiveMessageRequest, ReceiveMessageResult>;
  readonly DeleteMessage: Operation<DeleteMessageRequest, Empty>;
  readonly DeleteMessageBatch: Operation<DeleteMessageBatchRequest, DeleteMessageBatchResult>;
  readonly ChangeMessageVisibility: Operation<ChangeMessageVisibilityRequest, Empty>;
  readonly PurgeQueue: Operation<PurgeQueueRequest, Empty>;
}

/**
 * Sends, receives and deletes messages, ≤1 MiB each and ≤10 in a batch, of which each entry fails alone.
 * They throw QueueDoesNotExist, and the codes of SQS for batches and values that it refuses.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html
 */
export function createMessageOperations(queues: Queues): MessageOperations {
  const needs =
    (action: string) =>
    ({ QueueUrl }: { readonly QueueUrl: string | undefined }, context: CallContext) => [
      { action: `sqs:${action}`, resource: queueArnOf(QueueUrl, context) },
    ];
  return {
    SendMessage: { permissions: needs('SendMessage'), handle: (input, context) => send(queues, input, context) },
    SendMessageBatch: {
      permissions: needs('SendMessage'),
      handle: ({ QueueUrl, Entries }, context) => {
        const { done, failed } = inBatch(Entries, ({ Id, ...entry }) => ({
          ...send(queues, { ...entry, QueueUrl }, context),
          Id,
        }));
        return {
          Successful: done.map((result) => ({ MessageId: '', MD5OfMessageBody: '', ...result })),
          Failed: failed,
        };
      },
    },
    ReceiveMessage: {
      permissions: needs('ReceiveMessage'),
      handle: (input, context) => receive(queues, input, context),
    },
    DeleteMessage: {
      permissions: needs('DeleteMessage'),
      handle: ({ QueueUrl, ReceiptHandle = '' }, context) => {
        queues.byUrl(QueueUrl, context).delete(ReceiptHandle);
        return {};
      },
    },
    DeleteMessageBatch: {
      permissions: needs('DeleteMessage'),
      handle: ({ QueueUrl, Entries }, context) => {
        const queue = queues.byUrl(QueueUrl, context);
        const { done, failed } = inBatch(Entries, ({ Id, ReceiptHandle = '' }) => {
          queue.delete(ReceiptHandle);
          return { Id };
        });
        return { Successful: done, Failed: failed };
      },
    },
    ChangeMessageVisibility: {
      permissions: needs('ChangeMessageVisibility'),
      handle: ({ QueueUrl, ReceiptHandle = '', VisibilityTimeout = 0 }, context) => {
        if (VisibilityTimeout < 0 || VisibilityTimeout > MAX_VISIBILITY_SECONDS) {
          throw invalid(`VisibilityTimeout must be between 0 and ${MAX_VISIBILITY_SECONDS}, not ${VisibilityTimeout}`);
        }
        queues.byUrl(QueueUrl, context).changeVisibility(ReceiptHandle, VisibilityTimeout);
        return {};
      },
    },
    PurgeQueue: {
      permissions: needs('PurgeQueue'),
      handle: ({ QueueUrl }, context) => {
        queues.byUrl(QueueUrl, context).purge();
        return {};
      },
    },
  };
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidParameterValue', `One or more parameters are invalid. Reason: ${reason}.`);
}

function send(queues: Queues, input: SendMessageRequest, context: CallContext): SendMessageResult {
  const { MessageBody = '', MessageAttributes = {}, DelaySeconds } = input;
  const queue = queues.byUrl(input.QueueUrl, context);
  if (MessageBody === '') throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (Buffer.byteLength(MessageBody) > MAX_MESSAGE_BYTES) {
    throw invalid(`Message must be shorter than ${MAX_MESSAGE_BYTES} bytes`);
  }
  const { principal } = context;
  const sent = queue.send({
    body: MessageBody,
    attributes: MessageAttributes,
    senderId: principal.kind === 'role' ? principal.roleName : principal.account,
    group: input.MessageGroupId,
    delaySeconds: DelaySeconds,
  });
  return { MessageId: sent.id, MD5OfMessageBody: md5Hex(sent.body) };
}

/** Long polling waits on the world's clock, and ends as soon as a message becomes visible. */
async function receive(
  queues: Queues,
  input: ReceiveMessageRequest,
  context: CallContext,
): Promise<ReceiveMessageResult> {
  const { MaxNumberOfMessages = 1, VisibilityTimeout } = input;
  if (MaxNumberOfMessages < 1 || MaxNumberOfMessages > MAX_BATCH) {
    throw invalid(`MaxNumberOfMessages must be between 1 and ${MAX_BATCH}, not ${MaxNumberOfMessages}`);
  }
  const queue = queues.byUrl(input.QueueUrl, context);
  const { clock } = context.world;
  const endMillis = clock.now() + (input.WaitTimeSeconds ?? queue.settings.receiveWaitSeconds) * 1000;
  let received = queue.receive(MaxNumberOfMessages, VisibilityTimeout);
  while (received.length === 0 && clock.now() < endMillis) {
    await queue.available(endMillis);
    received = queue.receive(MaxNumberOfMessages, VisibilityTimeout);
  }
  return received.length === 0 ? {} : { Messages: received.map((message) => toMessage(message, input)) };
}

function toMessage(message: QueuedMessage, input: ReceiveMessageRequest): Message {
  const system: Record<string, string> = {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentMillis),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedMillis),
    ...(message.group === undefined ? {} : { MessageGroupId: message.group }),
  };
  const systemNames: readonly string[] = [
    // oxlint-disable-next-line typescript/no-deprecated -- older clients still send the older name
    ...(input.AttributeNames ?? []),
    ...(input.MessageSystemAttributeNames ?? []),
  ];
  const Attributes = pick(system, systemNames);
  const MessageAttributes = pick(message.attributes, input.MessageAttributeNames ?? []);
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: md5Hex(message.body),
    ...(Object.keys(Attributes).length > 0 ? { Attributes } : {}),
    ...(Object.keys(MessageAttributes).length > 0 ? { MessageAttributes } : {}),
  };
}

function pick<Value>(values: Readonly<Record<string, Value>>, names: readonly string[]): Record<string, Value> {
  const wanted = (name: string): boolean =>
    names.some(
      (asked) =>
        asked === 'All' ||
        asked === '.*' ||
        asked === name ||
        (asked.endsWith('.*') && name.startsWith(asked.slice(0, -1))),
    );
  return Object.fromEntries(Object.entries(values).filter(([name]) => wanted(name)));
}

function inBatch<Entry extends { readonly Id: string | undefined }, Done>(
  entries: readonly Entry[] | undefined,
  run: (entry: Entry) => Done,
): { readonly done: Done[]; readonly failed: BatchResultErrorEntry[] } {
  if (!entries?.length) throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > MAX_BATCH) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_BATCH}. You have sent ${entries.length}.`,
    );
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  const done: Done[] = [];
  const failed: BatchResultErrorEntry[] = [];
  for (const entry of entries) {
    try {
      done.push(run(entry));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { done, failed };
}
