import { CHANNELS_FILE } from '../../core/configuration/bundled-files';
import { CHANNEL_NAMES, type ChannelName } from '../../core/messages/channel-name';
import type { ChannelFilters } from '../../core/messages/channel-filters';
import * as z from '../../core/zod-mini';
import type { ChannelSettings } from '../../channels/create-channel';
import { slackRightsSchema } from './slack-rights-schema';
import { json, parseSettings, text, type Environment } from './parse-settings';

export interface ChannelQueueUrls {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

/** A channel as `portcullis.yaml` has it. */
export interface NotifierChannel<Name extends ChannelName = ChannelName> {
  readonly filters: ChannelFilters;
  readonly settings: ChannelSettings[Name];
}

export type NotifierChannels = { readonly [Name in ChannelName]?: NotifierChannel<Name> };

export interface NotifierSettings {
  readonly ledgerTable: string;
  readonly queues: { readonly [Name in ChannelName]?: ChannelQueueUrls };
  /** What mail goes by; missing where no channel is one of mail. */
  readonly mailTopicArn?: string;
  readonly channels: NotifierChannels;
}

const texts = z.exactOptional(z.array(z.string()));

const channel = <Settings>(settings: z.ZodMiniType<Settings>) =>
  z.exactOptional(
    z.strictObject({
      // Strict: a filter that this version does not know would be one that keeps nothing back.
      filters: z.strictObject({
        ...{ events: texts, severities: texts, controls: texts, accounts: texts },
        ...{ organizationalUnits: texts, modes: texts },
      }),
      settings,
    }),
  );

const channels = z.strictObject({
  webhook: channel(z.strictObject({ url: z.url(), secretName: text })),
  pagerduty: channel(z.strictObject({ host: text, secretName: text })),
  email: channel(z.strictObject({})),
  slack: channel(z.strictObject({ channel: text, secretName: text, rights: z.exactOptional(slackRightsSchema()) })),
  servicenow: channel(
    z.strictObject({
      ...{ instance: z.url(), secretName: text, resolveState: text, reopenState: text, closeCode: text },
      fields: z.record(z.string(), z.string()),
    }),
  ),
  jira: channel(
    z.strictObject({
      ...{ site: z.url(), secretName: text, project: text, issueType: text },
      ...{ resolveTransition: text, reopenTransition: text },
      fields: z.record(z.string(), z.unknown()),
    }),
  ),
  securityhub: channel(z.strictObject({ connectorId: text })),
}) satisfies z.ZodMiniType<NotifierChannels>;

const queues = z.exactOptional(z.object({ queueUrl: z.url(), deadLetterQueueUrl: z.url() }));

const schema = z.object({
  PORTCULLIS_LEDGER_TABLE: text,
  PORTCULLIS_CHANNEL_QUEUES: z.pipe(
    json,
    z.strictObject(Object.fromEntries(CHANNEL_NAMES.map((name) => [name, queues])) as QueuesOfChannels),
  ),
  PORTCULLIS_MAIL_TOPIC: z.exactOptional(text),
  [CHANNELS_FILE]: z.pipe(json, channels),
});

type QueuesOfChannels = Readonly<Record<ChannelName, typeof queues>>;

/**
 * @param channelsFile what stands in {@link CHANNELS_FILE}
 * @throws Error that lists everything that is wrong: the function must not start half configured.
 */
export function parseNotifierSettings(environment: Environment, channelsFile: string): NotifierSettings {
  const data = parseSettings(schema, { ...environment, [CHANNELS_FILE]: channelsFile });
  const { [CHANNELS_FILE]: configured, PORTCULLIS_CHANNEL_QUEUES: urls } = data;
  const mute = CHANNEL_NAMES.filter((name) => configured[name] !== undefined && urls[name] === undefined);
  if (configured.email !== undefined && data.PORTCULLIS_MAIL_TOPIC === undefined) mute.push('email');
  if (mute.length > 0) throw new Error(`Channels without a queue or a topic: ${mute.join(', ')}.`);
  return {
    ledgerTable: data.PORTCULLIS_LEDGER_TABLE,
    queues: urls,
    ...(data.PORTCULLIS_MAIL_TOPIC !== undefined && { mailTopicArn: data.PORTCULLIS_MAIL_TOPIC }),
    channels: configured,
  };
}
