import { randomUUID } from 'node:crypto';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { OutboxEntry } from '../../../sandbox/outside/outside';
import { deploy, MEMBER, type Deployed, type Deployment } from '../deployed-portcullis';
import { withShortPauses } from '../edited-settings';

export type { OutboxEntry };

export const VIRGINIA = { account: MEMBER, region: 'us-east-1' };

/** Portcullis with channels, and what it sent to the world outside. */
export function deployWithChannels(changes: Partial<Deployment> = {}): Promise<WithChannels> {
  return makeWithChannels(changes);
}

export type WithChannels = Awaited<ReturnType<typeof makeWithChannels>>;

async function makeWithChannels(changes: Partial<Deployment>) {
  const portcullis = await deploy({
    clockMode: 'skipping',
    configurationFile: 'test/end-to-end/channels/channels.yaml',
    ...changes,
    edit(template, file, assets) {
      withShortPauses(template, file);
      changes.edit?.(template, file, assets);
    },
  });
  const { ask, endpoint, hub, clients, commands } = portcullis;
  const secrets = new SecretsManagerClient({
    endpoint,
    region: hub.region,
    credentials: { accessKeyId: hub.account, secretAccessKey: 'any' },
  });
  const queueUrl = (channel: string) => `${endpoint}/${hub.account}/Portcullis-Notify-${channel}`;
  async function deliverText(channel: string, ...bodies: readonly string[]): Promise<void> {
    for (const MessageBody of bodies) {
      await clients.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(channel), MessageBody }));
    }
    await portcullis.settle();
  }
  return {
    ...portcullis,
    outbox: (channel: string) => outboxOf(portcullis, channel),
    /** What its receiver answers to the next requests. */
    answer: (channel: string, order: object) => ask<object>(`outside/${channel}/answer`, order),
    /** As it comes from the bus, straight into the queue of a channel. */
    deliver: (channel: string, ...events: readonly object[]) =>
      deliverText(channel, ...events.map((event) => JSON.stringify(event))),
    deliverText,
    async deadLettersOf(channel: string) {
      const all = await portcullis.messages();
      return all.filter(({ queue }) => queue.endsWith(`:Portcullis-Notify-${channel}-DeadLetters`));
    },
    /** As `aws sqs start-message-move-task` does. */
    async redrive(channel: string): Promise<void> {
      const from = `${queueUrl(channel)}-DeadLetters`;
      const { Messages = [] } = await clients.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: from, MaxNumberOfMessages: 10 }),
      );
      for (const { Body = '', ReceiptHandle } of Messages) {
        await clients.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(channel), MessageBody: Body }));
        await clients.sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
      }
      await portcullis.settle();
    },
    async secretOf(channel: string): Promise<Record<string, string>> {
      const { SecretString = '' } = await secrets.send(
        new GetSecretValueCommand({ SecretId: `portcullis/${channel}` }),
      );
      return JSON.parse(SecretString) as Record<string, string>;
    },
    async rotate(channel: string, secret: string): Promise<void> {
      await secrets.send(new PutSecretValueCommand({ SecretId: `portcullis/${channel}`, SecretString: secret }));
    },
    async test(channel: string) {
      const reply = await commands.ask({ command: 'notify', askId: randomUUID(), channel });
      await portcullis.settle();
      return reply;
    },
    async stop(): Promise<void> {
      secrets.destroy();
      await portcullis.stop();
    },
  };
}

async function outboxOf({ ask }: Deployed, channel: string): Promise<readonly OutboxEntry[]> {
  return ask(`outbox?channel=${channel}`);
}

/** What an entry's receiver reads. */
export function bodyOf({ body }: OutboxEntry): Record<string, unknown> {
  return JSON.parse(body) as Record<string, unknown>;
}
