import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { MailTopic } from '../../flow/ports';
import { attempt } from '../aws-failure';

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html */
export function createMailTopic(client: SNSClient, topicArn: string): MailTopic {
  return {
    publish: ({ subject, text, attributes }) =>
      attempt('The mail could not be published', async () => {
        await client.send(
          new PublishCommand({
            TopicArn: topicArn,
            Subject: subject,
            Message: text,
            MessageAttributes: Object.fromEntries(
              Object.entries(attributes).map(([name, value]) => [
                name,
                typeof value === 'string'
                  ? { DataType: 'String', StringValue: value }
                  : { DataType: 'String.Array', StringValue: JSON.stringify(value) },
              ]),
            ),
          }),
        );
      }),
  };
}
