import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Redelivery } from '../../flow/ports';
import { attempt } from '../aws-failure';

/**
 * Messages of one queue.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
 */
export function createRedelivery(client: SQSClient, queueUrl: string): Redelivery {
  return {
    delay: (receipt, seconds) =>
      attempt('When the message comes again could not be said', async () => {
        await client.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: queueUrl,
            ReceiptHandle: receipt,
            VisibilityTimeout: seconds,
          }),
        );
      }),
  };
}
