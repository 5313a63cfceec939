import { renderMail } from '../../core/messages/email/render-mail';
import { failure, success } from '../../core/result';
import type { Channel, MailTopic } from '../../flow/ports';

/**
 * Publishes one mail a notice. SNS takes each, and knows of no two that are the same: one whose answer is lost is sent
 * twice.
 */
export function createEmailChannel(topic: MailTopic): Channel {
  return {
    keepsMatters: false,
    deliveriesOf: (notice) => [
      {
        id: 'publish',
        send: async () => {
          const sent = await topic.publish(renderMail(notice));
          if (sent.ok) return success({});
          const { code, retryable, cause } = sent.error;
          if (!retryable && code !== 'access-denied') return failure({ code: 'refused', retryable: false, cause });
          return failure({ code: code === 'throttled' ? 'throttled' : 'unavailable', retryable: true, cause });
        },
      },
    ],
  };
}
