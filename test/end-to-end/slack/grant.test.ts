import { ANYWHERE, tcp, type Group } from '../deployed-portcullis';
import { deployWithSlack, IN_GROUP, NAMED, STRANGER, VIRGINIA, type InSlack } from './in-slack';

const WHO = '198.51.100.7/32';

let portcullis: InSlack;
let group: Group;
beforeAll(async () => {
  portcullis = await deployWithSlack();
  await portcullis.subscribe();
  group = await portcullis.openGroup(VIRGINIA, [tcp(22, 22, ANYWHERE)]);
  await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  const message = await portcullis.messageAbout(group.id);
  await portcullis.click({ user: NAMED, button: 'Close now', message });
  await portcullis.settle();
});
afterAll(() => portcullis.stop());

const openOn = async () =>
  (await portcullis.ingressOf(group)).map(({ FromPort, CidrIpv4 }) => `${String(FromPort)} ${CidrIpv4 ?? ''}`);

const WANTED = { port: '22', source: WHO, for: '2h', reason: 'disk full on <web-1>' };

interface Reply {
  readonly response_action: string;
  readonly errors?: Readonly<Record<string, string>>;
  readonly view?: unknown;
}

const submit = async (user: string, fields: Readonly<Record<string, string>>) => {
  const reply = await portcullis.submit(user, fields);
  expect(reply.status).toBe(200);
  return (await reply.json()) as Reply;
};

test('Grant opens one port to a named source, its message says when it ends, and then that it has ended', async () => {
  const closed = await portcullis.messageAbout(group.id);
  await portcullis.click({ user: NAMED, button: 'Grant…', message: closed });
  const asked = await submit(NAMED, WANTED);
  expect([asked.response_action, JSON.stringify(asked.view)]).toEqual([
    'update',
    expect.stringContaining(`tcp 22 from ${WHO}`),
  ]);
  await portcullis.settle();
  expect(await openOn()).toEqual([`22 ${WHO}`]);
  const granted = await portcullis.messageAbout(group.id);
  const until = new Date(portcullis.clock.now() + 2 * 3_600_000).toISOString().slice(0, 13);
  expect(granted.body).toContain('Access granted for a while');
  expect(granted.body).toContain(`until ${until}`);
  expect(granted.body).toContain('disk full on &lt;web-1&gt;');
  expect(granted.body).toContain('slack:U0456EFGH');
  await portcullis.clock.advance(2 * 3_600_000 + 60_000);
  await portcullis.settle();
  expect(await openOn()).toEqual([]);
  const ended = await portcullis.messageAbout(group.id);
  expect(ended.url).toMatch(/chat\.update$/);
  expect(ended.body).toContain('Granted access has ended');
  const events = (await portcullis.domainEventsAbout(group)).slice(-2);
  expect(events.map((event) => event['detail-type'])).toEqual(['Access Granted', 'Access Ended']);
});

describe('what is wrong stands beneath its field, and nothing is opened', () => {
  const others = (fields: object) => ({ ...WANTED, target: targetOf(), ...fields }) as Readonly<Record<string, string>>;
  const targetOf = () => `${group.account}/${group.region}/${group.id}`;

  beforeAll(async () => {
    await portcullis.chooseShortcut(NAMED, 'portcullis_grant');
  });

  test.each([
    ['the internet', { source: '0.0.0.0/0' }, 'source', /is the internet, which is never granted/],
    ['the internet of IPv6', { source: '::/0' }, 'source', /is the internet, which is never granted/],
    ['IPv4 written in IPv6', { source: '::ffff:0:0/96' }, 'source', /holds addresses of IPv4/],
    ['a wider source', { source: '198.51.100.0/24' }, 'source', /is wider than \/32, which grants.sources allows/],
    ['no source', { source: '' }, 'source', /./],
    ['another port', { port: '5432' }, 'port', /is not among grants.ports/],
    ['no port', { port: 'ssh' }, 'port', /is not among grants.ports/],
    ['longer', { for: '9h' }, 'for', /is longer than 8h, which grants.maximum allows/],
    ['no length', { for: 'ever' }, 'for', /is no length of time/],
    ['no reason', { reason: ' \n ' }, 'reason', /say why/],
    ['a reason of 100 KB', { reason: '漢'.repeat(100_000) }, 'reason', /is longer than 1000 characters/],
    ['no target', { target: 'web-1' }, 'target', /is no target; write ACCOUNT/],
    ['a target of 100 KB', { target: '١'.repeat(50_000) }, 'target', /is no target/],
    ['a network ACL', { target: '222222222222/us-east-1/acl-0123456789abcdef0' }, 'target', /is no security group/],
    ['another Region', { target: '222222222222/ap-south-1/sg-0123456789abcdef0' }, 'target', /none of members.regions/],
  ])('%s', async (_name, fields, field, notified) => {
    const { response_action, errors } = await submit(NAMED, others(fields));
    expect([response_action, errors?.[field]]).toEqual(['errors', expect.stringMatching(notified)]);
    expect(await openOn()).toEqual([]);
  });

  test.each([
    ['a stranger', STRANGER],
    ['who may undo, and not grant', IN_GROUP],
  ])('%s who has the form of somebody else', async (_name, user) => {
    const { errors } = await submit(user, others({}));
    expect(errors?.['reason']).toMatch(/may not open anything for a while; who may: slack:U0456EFGH$/);
    await portcullis.settle();
    expect(await openOn()).toEqual([]);
  });
});

test('who may not is answered so: alone by a button, in a form by a shortcut', async () => {
  const button = { action_id: 'portcullis_grant', value: '222222222222/us-east-1/sg-0123456789abcdef0' };
  await portcullis.click({ user: STRANGER, button, message: await portcullis.messageAbout(group.id) });
  expect((await portcullis.ephemeralReplies()).at(-1)).toMatch(/may not open anything for a while/);
  await portcullis.chooseShortcut(STRANGER, 'portcullis_grant');
  expect((await portcullis.outbox()).at(-1)?.body).toContain('may not open anything for a while');
  await portcullis.chooseShortcut(NAMED, 'portcullis_of_tomorrow');
  expect((await portcullis.outbox()).at(-1)?.body).toContain('none that this version');
});

test('what is refused later is shown in the channel, and nothing is opened', async () => {
  expect((await portcullis.chooseShortcut(NAMED, 'portcullis_grant')).status).toBe(200);
  const nowhere = { ...WANTED, target: '222222222222/us-east-1/sg-0fedcba9876543210' };
  const asked = await submit(NAMED, nowhere);
  expect([asked.response_action, asked.errors]).toEqual(['update', undefined]);
  await portcullis.settle();
  expect(await portcullis.textOf('sg-0fedcba9876543210')).toMatch(
    /What somebody asked for was not done.*there is no such security group.*Asked for by\* <@U0456EFGH>/,
  );
});
