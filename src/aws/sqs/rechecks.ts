import { GetQueueUrlCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Rechecks } from '../../flow/ports';
import { attempt } from '../aws-failure';

/**
 * The queue belongs to another stack, so that its URL is asked for:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html
 *
 * @param queueName of the function that re-checks single targets
 */
export function createRechecks(client: SQSClient, queueName: string): Rechecks {
  let url: string | undefined;
  return {
    request: (message) =>
      attempt(`A re-check of ${message.id} could not be requested`, async () => {
        url ??= (await client.send(new GetQueueUrlCommand({ QueueName: queueName }))).QueueUrl;
        await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message) }));
      }),
  };
}
