import type { ChannelName } from '../core/messages/channel-name';
import type { Channel, Clock, Secrets } from '../flow/ports';
import { createHttp } from './http';
import { createWebhookChannel, type WebhookSettings } from './webhook/webhook-channel';

/** What each channel needs to know, by its name. */
export interface ChannelSettings {
  readonly webhook: WebhookSettings;
}

/** What channels have in common. */
export interface ChannelTools {
  readonly secrets: Secrets;
  readonly clock: Clock;
}

/** The channels that are configured, each as the flow tells it. */
export function createChannels(
  settings: Partial<ChannelSettings>,
  { secrets, clock }: ChannelTools,
): Readonly<Partial<Record<ChannelName, Channel>>> {
  const tools = { secrets, clock, http: createHttp(clock) };
  const { webhook } = settings;
  return {
    ...(webhook && { webhook: createWebhookChannel(webhook, tools) }),
  };
}
