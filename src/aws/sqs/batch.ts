import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

interface ReceivedMessage {
  readonly id: string;
  readonly body: string;
  /** How often it was handed out, this time included. */
  readonly deliveries: number;
  /** What it was handed out with: who wants it to come again at another time names it by that. */
  readonly receipt: string;
  /** ARN of its queue. */
  readonly queueArn: string;
}

/** The messages that SQS hands to a function. */
export function messagesIn({ Records }: SQSEvent): readonly ReceivedMessage[] {
  return Records.map(({ messageId, body, attributes, receiptHandle, eventSourceARN }) => ({
    id: messageId,
    body,
    deliveries: Number(attributes.ApproximateReceiveCount),
    receipt: receiptHandle,
    queueArn: eventSourceARN,
  }));
}

/** Has SQS deliver these messages again; needs `ReportBatchItemFailures` on the event source. */
export function deliverAgain(ids: readonly string[]): SQSBatchResponse {
  return { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
}
