import type { Configuration } from '../../core/configuration/schema/configuration-schema';
import { toChannels } from '../../core/configuration/to-channels';
import type { ChannelName } from '../../core/messages/channel-name';
import type { Sandbox } from '../../../sandbox';

/** Of the forms of docs/notifications.md. They open nothing anywhere. */
export const MADE_UP_SECRETS = {
  webhook: { signingKey: 'made-up-signing-key-of-the-sandbox-0123456789' },
  slack: { botToken: 'xoxb-made-up-token-of-the-sandbox', signingSecret: 'made-up-signing-secret-of-the-sandbox' },
  servicenow: { user: 'portcullis', password: 'made-up-password-of-the-sandbox' },
  jira: { email: 'portcullis@example.com', apiToken: 'made-up-token-of-the-sandbox' },
  pagerduty: { routingKey: 'MadeUpRoutingKeyOfTheSandbox0123' },
} satisfies Partial<Record<ChannelName, object>>;

/** Puts a made-up secret under each name that a channel of the configurations, all of one hub, has one by. */
export async function makeUpSecrets(
  world: Sandbox['world'],
  configurations: readonly Pick<Configuration, 'notifications'>[],
): Promise<void> {
  const { hub } = world;
  const call = { principal: { kind: 'account', account: hub.account }, ...hub } as const;
  const channels = configurations.flatMap(({ notifications = {} }) => toChannels(notifications));
  const byChannel: Readonly<Partial<Record<ChannelName, object>>> = MADE_UP_SECRETS;
  const made = new Set<string>();
  for (const { name, settings } of channels) {
    const { secretName: Name } = settings;
    const secret = byChannel[name];
    if (Name === undefined || secret === undefined || made.has(Name)) continue;
    made.add(Name);
    await world.call('secretsmanager', 'CreateSecret', { Name, SecretString: JSON.stringify(secret) }, call);
  }
}
