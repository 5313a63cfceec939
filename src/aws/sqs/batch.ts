import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { QueueMessage } from '../../flow/intake/parse-message';

/** The messages that SQS hands to a function. */
export function messagesIn({ Records }: SQSEvent): readonly QueueMessage[] {
  return Records.map(({ messageId, body, attributes }) => ({
    id: messageId,
    body,
    deliveries: Number(attributes.ApproximateReceiveCount),
  }));
}

/** Has SQS deliver these messages again; needs `ReportBatchItemFailures` on the event source. */
export function deliverAgain(ids: readonly string[]): SQSBatchResponse {
  return { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
}
