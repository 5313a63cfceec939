import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createDetectorAdapters } from '../aws/adapters/detector-adapters';
import { detect } from '../flow/detecting/detect';
import { parseDetectorSettings } from './detector-settings';

const settings = parseDetectorSettings(process.env);
const adapters = createDetectorAdapters(settings);

/** Fed by SQS with events of CloudTrail from members; needs `ReportBatchItemFailures` on the event source. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const messages = event.Records.map(({ messageId, body, attributes }) => ({
    id: messageId,
    body,
    deliveries: Number(attributes.ApproximateReceiveCount),
  }));
  const comingAgain = await detect(messages, adapters, settings);
  return { batchItemFailures: comingAgain.map((itemIdentifier) => ({ itemIdentifier })) };
}
