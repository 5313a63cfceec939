import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createDetectorAdapters } from '../aws/adapters/detector-adapters';
import { deliverAgain, messagesIn } from '../aws/sqs/batch';
import { detect } from '../flow/detecting/detect';
import { parseDetectorSettings } from './settings/detector-settings';

const settings = parseDetectorSettings(process.env);
const adapters = createDetectorAdapters(settings);

/** Fed by SQS with events of CloudTrail from members; needs `ReportBatchItemFailures` on the event source. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return deliverAgain(await detect(messagesIn(event), adapters, settings));
}
