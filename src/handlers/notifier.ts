import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createNotifierAdapters } from '../aws/adapters/notifier-adapters';
import { deliverAgain, messagesIn } from '../aws/sqs/batch';
import { createChannels } from '../channels/create-channel';
import { CHANNELS_FILE } from '../core/configuration/bundled-files';
import { CHANNEL_NAMES } from '../core/messages/channel-name';
import type { PROBE_REQUEST } from '../core/messages/probe-request';
import { probeReceivers } from '../flow/notifying/probe-receivers';
import { notify } from '../flow/notifying/notify';
import type { ProbedReceiver } from '../flow/ports';
import { readBundledFile } from './settings/bundled-file';
import { parseNotifierSettings } from './settings/notifier-settings';

const {
  ledgerTable,
  queues,
  mailTopicArn,
  channels: configured,
} = parseNotifierSettings(process.env, readBundledFile(__dirname, CHANNELS_FILE));
const connectorId = configured.securityhub?.settings.connectorId;
const adapters = createNotifierAdapters({
  ledgerTable,
  ...(mailTopicArn !== undefined && { mailTopicArn }),
  ...(connectorId !== undefined && { connectorId }),
});
const created = createChannels(
  Object.fromEntries(Object.entries(configured).map(([name, { settings }]) => [name, settings])),
  adapters,
);

/** By the last part of a queue's URL, which is its name. */
const byQueue = new Map(
  CHANNEL_NAMES.flatMap((name) => {
    const [settings, channel, urls] = [configured[name], created[name], queues[name]];
    if (settings === undefined || channel === undefined || urls === undefined) return [];
    const { filters } = settings;
    const secretName = 'secretName' in settings.settings ? settings.settings.secretName : undefined;
    const known = { name, filters, channel, ...(secretName !== undefined && { secretName }) };
    return [[lastOf(urls.queueUrl, '/'), { ...known, ...adapters.queuesOf(urls) }] as const];
  }),
);

/**
 * Fed by the queues of channels; needs `ReportBatchItemFailures` on each event source. Invoked with
 * {@link PROBE_REQUEST} it answers how receivers take its secrets, and sends nothing.
 */
export async function handler(
  event: SQSEvent | typeof PROBE_REQUEST,
): Promise<SQSBatchResponse | readonly ProbedReceiver[]> {
  return 'Records' in event ? take(event) : probeReceivers([...byQueue.values()]);
}

async function take(event: SQSEvent): Promise<SQSBatchResponse> {
  const again: string[] = [];
  for (const message of messagesIn(event)) {
    const found = byQueue.get(lastOf(message.queueArn, ':'));
    if (found === undefined) throw new Error(`No channel is configured for the queue ${message.queueArn}.`);
    const { redelivery, deadLetters, ...channel } = found;
    const outcome = await notify(message, channel, { ...adapters, deadLetters });
    if (outcome.kind === 'done') continue;
    again.push(message.id);
    const delayed = await redelivery.delay(message.receipt, outcome.inSeconds);
    // Then it comes again when the queue's own time is up.
    if (!delayed.ok) adapters.log.warn('Message comes again at another time', { cause: delayed.error.cause });
  }
  return deliverAgain(again);
}

function lastOf(text: string, separator: string): string {
  return text.slice(text.lastIndexOf(separator) + 1);
}
