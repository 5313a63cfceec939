import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DueQueue } from '../../flow/ports';
import { attempt } from '../aws-failure';

/** The hub's queue, in the form of what schedules send. */
export function createDueQueue(client: SQSClient, queueUrl: string): DueQueue {
  return {
    send: (message) =>
      attempt(`What is due as ${message.what} could not be put into the queue`, async () => {
        await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
      }),
  };
}
