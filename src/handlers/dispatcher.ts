import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createDispatcherAdapters } from '../aws/adapters/dispatcher-adapters';
import { deliverAgain, messagesIn } from '../aws/sqs/batch';
import { dispatch } from '../flow/intake/dispatch';
import { parseDispatcherSettings } from './settings/settings';

const settings = parseDispatcherSettings(process.env);
const adapters = createDispatcherAdapters(settings);

/** Fed by SQS with EventBridge events of Security Hub; needs `ReportBatchItemFailures` on the event source. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return deliverAgain(await dispatch(messagesIn(event), adapters, settings));
}
