import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { Cancel } from '../runtime/clock';

/** A message in a queue, in flight or not. */
export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly senderId: string;
  /** Whose message it is, where the sender says so. */
  readonly group: string | undefined;
  readonly sentMillis: number;
  visibleMillis: number;
  receiveCount: number;
  firstReceivedMillis: number | undefined;
  /** The latest receipt handle; only this one deletes the message. */
  receiptHandle: string | undefined;
  wakeUp: Cancel | undefined;
}
