import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listContext } from '../../src/core/context/describe-context';
import { CHANNEL_NAMES } from '../../src/core/messages/channel-name';
import type { CommandName } from '../../src/flow/commands/commands';
import { KNOWN_CONTEXT } from '../core/policy/known-context';
import { textOf } from './figures';

const ROOT = join(__dirname, '..', '..');

test('every file that docs/extending.md names is there', () => {
  const names = [...textOf('docs/extending.md').matchAll(/`([\w.-]+\/[\w./-]+)`/g)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(50);
  // In capitals: what whoever follows it calls their own.
  const others = names.filter((name) => !/NAME|NN/.test(name));
  expect(others.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
});

test.each(CHANNEL_NAMES)('docs/notifications.md says of %s what is sent, and what its secret is', (name) => {
  const rows = textOf('docs/notifications.md')
    .split('\n')
    .filter((line) => new RegExp(`^\\|[^|]*\`${name}\``).test(line));
  expect(rows).toHaveLength(2);
});

test.each(listContext(KNOWN_CONTEXT).map((line) => /^[^:]+/.exec(line)?.[0] ?? ''))(
  'docs/context.md says of %s what it is',
  (fact) => {
    expect(textOf('docs/context.md')).toMatch(new RegExp(`^\\| ${fact} +\\||\`${fact}\``, 'm'));
  },
);

/** What docs/security.md says that whoever may ask for a command can have done by it. */
const CAN: Readonly<Record<CommandName, string>> = {
  remediate: 'close what findings report',
  undo: 'undo closings',
  accept: 'accept risks and end exceptions',
  'end-exception': 'accept risks and end exceptions',
  open: 'open for a while what `grants` allows and end it',
  'end-grant': 'open for a while what `grants` allows and end it',
  context: 'have read what is known about a target',
  engage: 'engage the brake',
  release: 'release what it or a failed verification holds',
  notify: 'send a test to a channel',
  scan: 'what violates the controls anywhere',
  withdraw: 'withdraw requests',
  policy: 'read what the configuration decides',
  'look-at-channels': "have receivers asked whether they take channels' secrets",
  approve: 'answer questions',
  deny: 'answer questions',
  'accept-risk': 'answer questions',
};

test.each(Object.entries(CAN))(
  'docs/security.md says what the command %s makes who asks for it able to do',
  (_name, can) => {
    const rows = textOf('docs/security.md')
      .split('\n')
      .filter((line) => line.startsWith('| who has `execute-api:Invoke` on `POST /commands`'));
    expect(rows.join()).toContain(can);
  },
);
