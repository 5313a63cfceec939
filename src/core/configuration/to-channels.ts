import type { ChannelFilters } from '../messages/channel-filters';
import type { ChannelName } from '../messages/channel-name';
import type { NotificationsConfiguration } from './notifications-schema';

/** A channel as `portcullis.yaml` has it, taken apart into what it is told of and how it is reached. */
export interface ConfiguredChannel {
  readonly name: ChannelName;
  readonly filters: ChannelFilters;
  readonly settings: Readonly<Record<string, unknown>> & { readonly secretName?: string };
}

/** Every channel that is configured, in the order of their names. */
export function toChannels({ webhook }: NotificationsConfiguration): readonly ConfiguredChannel[] {
  return [...(webhook ? [takeApart('webhook', webhook)] : [])];
}

function takeApart(
  name: ChannelName,
  { events, severities, controls, accounts, ...settings }: ChannelFilters & { readonly secretName?: string },
): ConfiguredChannel {
  return {
    name,
    filters: {
      ...(events && { events }),
      ...(severities && { severities }),
      ...(controls && { controls }),
      ...(accounts && { accounts }),
    },
    settings,
  };
}
