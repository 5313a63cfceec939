import { GetQueueUrlCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Looks } from '../../flow/ports';
import { attempt } from '../aws-failure';

/**
 * The queue belongs to another stack, so that its URL is asked for:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html
 *
 * @param queueName of the function that looks at single targets
 */
export function createLooks(client: SQSClient, queueName: string): Looks {
  let url: string | undefined;
  return {
    request: (message) =>
      attempt(`Nobody could be asked to look at ${message.id} again`, async () => {
        url ??= (await client.send(new GetQueueUrlCommand({ QueueName: queueName }))).QueueUrl;
        await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message) }));
      }),
  };
}
