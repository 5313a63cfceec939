import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createDispatcherAdapters } from '../aws/adapters/dispatcher-adapters';
import { dispatch } from '../flow/intake/dispatch';
import { parseDispatcherSettings } from './settings';

const settings = parseDispatcherSettings(process.env);
const adapters = createDispatcherAdapters(settings);

/** Fed by SQS with EventBridge events of Security Hub; needs `ReportBatchItemFailures` on the event source. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const messages = event.Records.map(({ messageId, body, attributes }) => ({
    id: messageId,
    body,
    deliveries: Number(attributes.ApproximateReceiveCount),
  }));
  const comingAgain = await dispatch(messages, adapters, settings);
  return { batchItemFailures: comingAgain.map((itemIdentifier) => ({ itemIdentifier })) };
}
