import { FILTER_NAMES, type ChannelFilters } from '../messages/channel-filters';
import { CHANNEL_NAMES, type ChannelName } from '../messages/channel-name';
import type { NotificationsConfiguration } from './schema/notifications-schema';
import { toSlackSettings, type SlackParts } from './to-slack-rights';

/** A channel as `portcullis.yaml` has it, taken apart into what it is notified of and how it is reached. */
export interface ConfiguredChannel {
  readonly name: ChannelName;
  readonly filters: ChannelFilters;
  readonly settings: Readonly<Record<string, unknown>> & { readonly secretName?: string };
}

/** Every channel that is configured, in the order of {@link CHANNEL_NAMES}. */
export function toChannels({
  webhook,
  pagerDuty,
  email,
  slack,
  serviceNow: servicenow,
  jira,
  securityHub: securityhub,
}: NotificationsConfiguration): readonly ConfiguredChannel[] {
  const configured = { webhook, pagerduty: pagerDuty, email, slack, servicenow, jira, securityhub } satisfies Record<
    ChannelName,
    object | undefined
  >;
  return CHANNEL_NAMES.flatMap((name) => {
    const channel: (ChannelFilters & { readonly secretName?: string }) | undefined = configured[name];
    return channel === undefined ? [] : [takeApart(name, channel)];
  });
}

/** Of mail, what is no matter of the notifier: addresses are known to the topic, schedules to Scheduler. */
const NOT_PASSED_ON = new Set(['addresses', 'perEvent', 'digest', 'digestWhenQuiet']);

/** What the notifier gets of the channels, by their names: the text of {@link CHANNELS_FILE}. */
export function renderChannels(configuration: SlackParts): string {
  const all = toChannels(configuration.notifications ?? {}).map(({ name, filters, settings }) => {
    const others = Object.fromEntries(Object.entries(settings).filter(([key]) => !NOT_PASSED_ON.has(key)));
    const passedOn = name === 'slack' ? toSlackSettings(configuration) : others;
    // Tests and digests pass whatever filters there are.
    const passed = settings['perEvent'] === false ? { ...filters, events: [] } : filters;
    return [name, { filters: passed, settings: passedOn }] as const;
  });
  return JSON.stringify(Object.fromEntries(all));
}

function takeApart(name: ChannelName, channel: ChannelFilters & { readonly secretName?: string }): ConfiguredChannel {
  const isFilter = ([key]: readonly [string, unknown]) => FILTER_NAMES.some((filter) => filter === key);
  const all = Object.entries(channel);
  return {
    name,
    filters: Object.fromEntries(all.filter(isFilter)),
    settings: Object.fromEntries(all.filter((entry) => !isFilter(entry))),
  };
}
