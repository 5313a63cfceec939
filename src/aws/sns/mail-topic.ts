import { PublishCommand, type MessageAttributeValue, type SNSClient } from '@aws-sdk/client-sns';
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
              Object.entries(attributes).map(([name, value]) => [name, toAttribute(value)]),
            ),
          }),
        );
      }),
  };
}

function toAttribute(value: string | number | readonly string[]): MessageAttributeValue {
  if (typeof value === 'string') return { DataType: 'String', StringValue: value };
  if (typeof value === 'number') return { DataType: 'Number', StringValue: String(value) };
  return { DataType: 'String.Array', StringValue: JSON.stringify(value) };
}
