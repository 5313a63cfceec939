import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetters } from '../flow/ports';
import { attempt } from './aws-failure';

/** Message attribute that says why nobody worked on the message. */
export const REASON_ATTRIBUTE = 'PortcullisReason';

export function createDeadLetters(client: SQSClient, queueUrl: string): DeadLetters {
  return {
    save: ({ body, reason }) =>
      attempt('The message could not be put into the dead-letter queue', async () => {
        await client.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            // SQS refuses empty bodies and attributes.
            MessageBody: body === '' ? '(empty)' : body,
            MessageAttributes: {
              [REASON_ATTRIBUTE]: {
                DataType: 'String',
                StringValue: reason === '' ? 'unknown' : reason.slice(0, 1024),
              },
            },
          }),
        );
      }),
  };
}
