import { DeleteSecurityGroupCommand } from '@aws-sdk/client-ec2';
import { ANYWHERE, tcp, type Group } from '../deployed-portcullis';
import {
  deployWithSlack,
  FOR_ALL,
  FRANKFURT,
  IN_GROUP,
  NAMED,
  STRANGER,
  VIRGINIA,
  type Forgery,
  type InSlack,
} from './in-slack';

let portcullis: InSlack;
beforeAll(async () => {
  portcullis = await deployWithSlack();
});
afterAll(() => portcullis.stop());

async function asked(place = VIRGINIA, port = 22, control = 'EC2.13'): Promise<{ group: Group; id: string }> {
  const group = await portcullis.openGroup(place, [tcp(port, port, ANYWHERE)]);
  const id = await portcullis.importFinding(group, control);
  await portcullis.settle();
  return { group, id };
}

const isOpen = async (group: Group) => (await portcullis.ingressOf(group)).length > 0;

describe('who did not sign as Slack does changes nothing, and is answered nothing', () => {
  let question: { group: Group; id: string };
  beforeAll(async () => {
    question = await asked();
  });

  const forgeries: readonly (readonly [name: string, forgery: Forgery])[] = [
    ['another secret', { secret: 'somebody-elses-signing-secret-0123' }],
    ['six minutes ago', { secondsOff: -360 }],
    ['in six minutes', { secondsOff: 360 }],
    ['no time', { headers: { 'x-slack-request-timestamp': '' } }],
    ['a time that is no number', { headers: { 'x-slack-request-timestamp': '1e9' } }],
    ['another time than the one that is signed', { headers: { 'x-slack-request-timestamp': 'NOW' } }],
    ['no signature', { headers: { 'x-slack-signature': '' } }],
    ['half a signature', { headers: { 'x-slack-signature': 'v0=0123' } }],
    ['another version', { headers: { 'x-slack-signature': `v1=${'0'.repeat(64)}` } }],
  ];

  test.each(forgeries)('%s', async (_name, { headers, ...forgery }) => {
    const message = await portcullis.messageAbout(question.group.id);
    const now = String(Math.floor(portcullis.clock.now() / 1000) + 1);
    const own = Object.fromEntries(
      Object.entries(headers ?? {}).map(([name, value]) => [name, value.replace('NOW', now)]),
    );
    const before = (await portcullis.outbox()).length;
    const reply = await portcullis.click({ user: NAMED, button: 'Close now', message }, { ...forgery, headers: own });
    expect([reply.status, await reply.text()]).toEqual([401, '']);
    await portcullis.settle();
    expect(await isOpen(question.group)).toBe(true);
    expect(await portcullis.outbox()).toHaveLength(before);
  });

  test('a request that was taken is not taken again', async () => {
    const { group } = await asked();
    const message = await portcullis.messageAbout(group.id);
    const payload = portcullis.toClick({ user: STRANGER, button: 'Close now', message });
    const both = await Promise.all([portcullis.post(payload), portcullis.post(payload)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  });
});

const CLOSE = 'portcullis_close';

describe('who may not is answered so alone, and nothing changes', () => {
  const cases = [
    [
      'a stranger',
      VIRGINIA,
      22,
      'EC2.13',
      STRANGER,
      /slack:U0999ZZZZ may not answer qst-.*slack:S0123ABCD, slack:U0456EFGH/,
    ],
    ['Slack where only a role may', FRANKFURT, 22, 'EC2.13', NAMED, /may not answer qst-.*role:SecurityLead/],
    [
      'who may answer other questions',
      VIRGINIA,
      3389,
      'EC2.14',
      NAMED,
      /may not answer qst-.*who may: slack:U0789IJKL/,
    ],
  ] as const;

  test.each(cases)('%s', async (_name, place, port, control, user, notified) => {
    const { group, id } = await asked(place, port, control);
    const button = { action_id: CLOSE, value: await portcullis.questionIdOf(id) };
    const message = await portcullis.messageAbout(group.id);
    const reply = await portcullis.click({ user, button, message });
    expect(reply.status).toBe(200);
    await portcullis.settle();
    expect((await portcullis.ephemeralReplies()).at(-1)).toMatch(notified);
    expect(await isOpen(group)).toBe(true);
  });

  test('somebody who calls themselves as an approver does, for names are chosen by whoever has them', async () => {
    const { group } = await asked();
    const message = await portcullis.messageAbout(group.id);
    const payload = portcullis.toClick({ user: STRANGER, button: 'Close now', message });
    expect(JSON.stringify(payload)).toContain('"name":"U0456EFGH"');
    await portcullis.post(payload);
    await portcullis.settle();
    expect(await isOpen(group)).toBe(true);
  });

  test('somebody of a group while Slack does not say who is in it', async () => {
    const { group } = await asked();
    const message = await portcullis.messageAbout(group.id);
    // Who is in a group is known for a minute.
    await portcullis.clock.advance(61_000);
    await portcullis.slackAnswers({ status: 500 });
    await portcullis.click({ user: IN_GROUP, button: 'Close now', message });
    expect((await portcullis.ephemeralReplies()).at(-1)).toMatch(/^Nobody could tell whether you may answer qst-/);
    await portcullis.slackAnswers({ status: 200, body: '{"ok":false,"error":"missing_scope"}' });
    await portcullis.click({ user: IN_GROUP, button: 'Close now', message });
    expect((await portcullis.ephemeralReplies()).at(-1)).toMatch(/usergroups.users.list: missing_scope/);
    await portcullis.settle();
    expect(await isOpen(group)).toBe(true);
  });
});

test('who may answer what names nobody closes it', async () => {
  const { group } = await asked(VIRGINIA, 3389, 'EC2.14');
  await portcullis.click({ user: FOR_ALL, button: 'Close now', message: await portcullis.messageAbout(group.id) });
  await portcullis.settle();
  expect(await isOpen(group)).toBe(false);
});

test('of two clicks at once, one here and one at a terminal, one counts, and the other learns who was first', async () => {
  const { group, id } = await asked();
  const message = await portcullis.messageAbout(group.id);
  const before = await portcullis.ephemeralReplies();
  const [denied] = await Promise.all([
    portcullis.commands.ask({ command: 'deny', findingId: id }),
    portcullis.click({ user: NAMED, button: 'Close now', message }),
  ]);
  const wasFirst = denied.ok && denied.value.status === 200;
  await portcullis.settle();
  const notified = (await portcullis.ephemeralReplies()).slice(before.length);
  expect(notified).toEqual(wasFirst ? [expect.stringMatching(/is decided: arn:aws:iam::111111111111:root chose/)] : []);
  if (!wasFirst)
    expect(denied).toMatchObject({ value: { status: 400, body: { error: expect.stringMatching(NAMED) } } });
  expect(await isOpen(group)).toBe(wasFirst);
});

describe('a click that comes too late learns what has become of it', () => {
  test('after an answer: who was first', async () => {
    const { group } = await asked();
    const message = await portcullis.messageAbout(group.id);
    await portcullis.click({ user: NAMED, button: 'Deny', message });
    const again = await portcullis.click({ user: IN_GROUP, button: 'Close now', message });
    expect(again.status).toBe(200);
    expect((await portcullis.ephemeralReplies()).at(-1)).toMatch(/is decided: slack:U0456EFGH chose to leave it open/);
    await portcullis.settle();
    expect(await isOpen(group)).toBe(true);
  });

  test('after the deadline', async () => {
    const { group } = await asked();
    const message = await portcullis.messageAbout(group.id);
    await portcullis.clock.advance(25 * 3_600_000);
    await portcullis.settle();
    await portcullis.click({ user: NAMED, button: 'Close now', message });
    expect((await portcullis.ephemeralReplies()).at(-1)).toMatch(/is over: nobody answered until .*it stays as it is/);
    await portcullis.settle();
    expect(await isOpen(group)).toBe(true);
  });

  test('on a question whose target is gone: the answer is taken, and nothing is closed', async () => {
    const { group, id } = await asked();
    const message = await portcullis.messageAbout(group.id);
    await portcullis.clients.ec2(VIRGINIA).send(new DeleteSecurityGroupCommand({ GroupId: group.id }));
    expect((await portcullis.click({ user: NAMED, button: 'Close now', message })).status).toBe(200);
    await portcullis.settle();
    expect((await portcullis.findingOf(id)).UserDefinedFields?.['PortcullisOutcome']).toBe('not-needed');
  });

  test.each([
    [
      'a question of another deployment',
      { action_id: CLOSE, value: 'qst-0123456789abcdef' },
      /this deployment holds no question/,
    ],
    ['no question', { action_id: CLOSE, value: 'x'.repeat(2000) }, /carries no question/],
    ['a button of another version', { action_id: 'portcullis_of_tomorrow', value: 'y' }, /none that this version/],
    ['a name that every object has', { action_id: 'constructor', value: 'y' }, /none that this version/],
  ])('on %s', async (_name, button, notified) => {
    const { group } = await asked();
    const reply = await portcullis.click({ user: NAMED, button, message: await portcullis.messageAbout(group.id) });
    expect(reply.status).toBe(200);
    expect((await portcullis.ephemeralReplies()).at(-1)).toMatch(notified);
  });
});

test('what Slack asks of an address is answered: its certificate without a signature, a challenge with one', async () => {
  const check = await portcullis.post({}, { body: 'ssl_check=1&token=any', headers: { 'x-slack-signature': '' } });
  expect(check.status).toBe(200);
  const body = JSON.stringify({ type: 'url_verification', challenge: 'a challenge' });
  const headers = { 'content-type': 'application/json' };
  const challenged = await portcullis.post({}, { body, headers });
  expect([challenged.status, await challenged.json()]).toEqual([200, { challenge: 'a challenge' }]);
  expect((await portcullis.post({}, { body, headers, secret: 'somebody-elses-signing-secret-0123' })).status).toBe(401);
});

test.each([
  ['nothing', ''],
  ['no form', '{}'],
  ['no JSON', 'payload=x'],
  ['somebody without an id', `payload=${encodeURIComponent('{"type":"block_actions","user":{"name":"U1"}}')}`],
  ['another type', 'payload={"type":"shortcut"}'],
  [
    'every byte',
    `payload=${Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`,
  ],
])('what is signed and not understood is refused with 400, and counted: %s', async (_name, body) => {
  expect((await portcullis.post({}, { body })).status).toBe(400);
});

test('a signing secret that was rotated is read again at once; a malformed one takes nothing, and says so', async () => {
  const { group } = await asked();
  const message = await portcullis.messageAbout(group.id);
  const botToken = 'xoxb-made-up-token-of-the-sandbox';
  const signingSecret = 'another-signing-secret-of-slack-0123';
  await portcullis.rotate(JSON.stringify({ botToken, signingSecret }));
  await portcullis.clock.advance(60_000);
  const clicked = { user: STRANGER, button: 'Close now', message };
  expect((await portcullis.click(clicked, { secret: signingSecret })).status).toBe(200);
  await portcullis.rotate('{}');
  await portcullis.clock.advance(6 * 60_000);
  expect((await portcullis.click(clicked, { secret: signingSecret })).status).toBe(503);
});
