import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { failure } from '../../core/result';
import type { ChannelQueues } from '../../flow/ports';
import { attempt } from '../aws-failure';

/** @param queueUrls by the name of the channel */
export function createChannelQueues(client: SQSClient, queueUrls: Readonly<Record<string, string>>): ChannelQueues {
  return {
    names: Object.keys(queueUrls),
    async send(channel, body) {
      const queueUrl = Object.hasOwn(queueUrls, channel) ? queueUrls[channel] : undefined;
      if (queueUrl === undefined) {
        return failure({ code: 'not-found', retryable: false, cause: `The channel ${channel} is not configured.` });
      }
      return attempt(`The message could not be put into the queue of ${channel}`, async () => {
        await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
      });
    },
  };
}
