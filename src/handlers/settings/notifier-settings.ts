import type { ChannelName } from '../../core/messages/channel-name';
import type { ChannelFilters } from '../../core/messages/channel-filters';
import * as z from '../../core/zod-mini';
import type { ChannelSettings } from '../../channels/create-channel';
import { json, parseSettings, text, type Environment } from './parse-settings';

/** A channel as the stack tells the notifier of it. */
export interface NotifierChannel<Name extends ChannelName = ChannelName> {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly filters: ChannelFilters;
  readonly settings: ChannelSettings[Name];
}

export type NotifierChannels = { readonly [Name in ChannelName]?: NotifierChannel<Name> };

export interface NotifierSettings {
  readonly ledgerTable: string;
  readonly channels: NotifierChannels;
}

const texts = z.exactOptional(z.array(z.string()));

const channel = <Settings>(settings: z.ZodMiniType<Settings>) =>
  z.exactOptional(
    z.strictObject({
      queueUrl: z.url(),
      deadLetterQueueUrl: z.url(),
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
  email: channel(z.strictObject({ topicArn: text })),
  slack: channel(z.strictObject({ channel: text, secretName: text, approvers: texts })),
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
}) satisfies z.ZodMiniType<NotifierChannels>;

const schema = z.object({
  PORTCULLIS_LEDGER_TABLE: text,
  PORTCULLIS_CHANNELS: z.pipe(json, channels),
});

/** @throws Error that lists everything that is wrong: the function must not start half configured. */
export function parseNotifierSettings(environment: Environment): NotifierSettings {
  const data = parseSettings(schema, environment);
  return { ledgerTable: data.PORTCULLIS_LEDGER_TABLE, channels: data.PORTCULLIS_CHANNELS };
}
