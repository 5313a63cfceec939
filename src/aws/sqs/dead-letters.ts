import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetters } from '../../flow/ports';
import { attempt } from '../aws-failure';

/** Message attribute that says why nobody worked on the message. */
const REASON_ATTRIBUTE = 'PortcullisReason';

const REASON_CHARACTERS = 1024;

/**
 * What SQS refuses in a text. A reason quotes the event, where JSON may have written such characters as escapes.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
const REFUSED = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** The dead-letter queue, for messages that cannot be handled. */
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
                StringValue: reason === '' ? 'unknown' : reason.slice(0, REASON_CHARACTERS).replace(REFUSED, '\ufffd'),
              },
            },
          }),
        );
      }),
  };
}
