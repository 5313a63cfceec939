import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isReceiver } from '../../sandbox/outside/receivers';
import { MADE_UP_SECRETS } from '../../src/cli/sandbox/make-up-secrets';
import { withSandboxAddresses } from '../../src/cli/sandbox/sandbox-addresses';
import { notificationsSchema } from '../../src/core/configuration/schema/notifications-schema';
import { toChannels } from '../../src/core/configuration/to-channels';
import { CHANNEL_NAMES } from '../../src/core/messages/channel-name';

/** What somebody who tries a channel in the sandbox says themselves; all others need nothing behind their key. */
const SAID = {
  slack: { channel: 'C0123ABCD' },
  email: { addresses: ['security@example.com'] },
  securityHub: { connectorId: 'a1b2c3d4-5678-90ab-cdef-111111111111' },
};

const keys = Object.keys(notificationsSchema.shape);
const written = { notifications: { ...Object.fromEntries(keys.map((key) => [key, {}])), ...SAID } };
const completed = notificationsSchema.parse((withSandboxAddresses(written) as typeof written).notifications);
const channels = toChannels(completed);

test('every channel has a key in portcullis.yaml, and in the sandbox an address', () => {
  expect(channels.map(({ name }) => name)).toEqual(CHANNEL_NAMES);
});

test('every channel that has a secret has a made-up one in the sandbox', () => {
  const secret = channels.filter(({ settings }) => settings.secretName !== undefined).map(({ name }) => name);
  expect(Object.keys(MADE_UP_SECRETS).sort()).toEqual([...secret].sort());
});

test.each(CHANNEL_NAMES)('%s has an outbox in the sandbox, and a deployment sends it something', (name) => {
  expect(isReceiver(name)).toBe(true);
  const folder = join(__dirname, '..', 'end-to-end', 'channels');
  const played = readdirSync(folder)
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  expect(played.some((source) => new RegExp(`(deliver|outbox|sentBy|test)\\('${name}'`).test(source))).toBe(true);
});
