import { ANYWHERE, tcp, type Group } from '../deployed-portcullis';
import { deployWithSlack, IN_GROUP, NAMED, STRANGER, VIRGINIA, type InSlack } from './in-slack';

const DAY = 86_400_000;

let portcullis: InSlack;
beforeAll(async () => {
  portcullis = await deployWithSlack();
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

async function asked(): Promise<{ group: Group; id: string }> {
  const group = await portcullis.openGroup(VIRGINIA, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  return { group, id };
}

const click = async (group: Group, button: string, user = NAMED) =>
  portcullis.click({ user, button, message: await portcullis.messageAbout(group.id) });
const isOpen = async (group: Group) => (await portcullis.ingressOf(group)).length > 0;
const statusOf = async (id: string) => {
  const { Workflow, UserDefinedFields } = await portcullis.findingOf(id);
  return [Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']];
};
const inDays = (days: number) => new Date(portcullis.clock.now() + days * DAY).toISOString().slice(0, 10);

test('a risk is accepted until a day: SUPPRESSED with reason and end, the message says so, and at its end it is decided anew', async () => {
  const { group, id } = await asked();
  await click(group, 'Accept risk until…');
  const until = inDays(3);
  const reply = await portcullis.submit(NAMED, { until, comment: 'a demo <@U1> & more, 日本語 \u202e' });
  expect([reply.status, await reply.text()]).toEqual([200, '']);
  const decided = await portcullis.textOf(group.id);
  expect(decided).toContain(`<@${NAMED}> decided to accept the risk of it until ${until} 00:00Z`);
  expect(decided).toContain('a demo &lt;@U1&gt; &amp; more, 日本語');
  await portcullis.settle();
  expect([await isOpen(group), await statusOf(id)]).toEqual([true, ['SUPPRESSED', 'excepted']]);
  expect((await portcullis.findingOf(id)).Note?.Text).toContain('a demo');
  expect(await portcullis.textOf(group.id)).toContain('Risk accepted');
  await portcullis.clock.advance(4 * DAY);
  await portcullis.settle();
  expect(await statusOf(id)).toEqual(['NOTIFIED', 'asked']);
  expect(await portcullis.textOf(group.id)).toContain('Close now');
});

test('left open until a day: it stays open till then, and is asked about anew', async () => {
  const { group, id } = await asked();
  await click(group, 'Leave open until…', IN_GROUP);
  const until = inDays(2);
  expect((await portcullis.submit(IN_GROUP, { until })).status).toBe(200);
  await portcullis.settle();
  expect([await isOpen(group), await statusOf(id)]).toEqual([true, ['NOTIFIED', 'asked']]);
  expect((await portcullis.findingOf(id)).Note?.Text).toContain(`Left open until ${until}T00:00Z`);
  const first = await portcullis.questionIdOf(id);
  await portcullis.clock.advance(3 * DAY);
  await portcullis.settle();
  expect(await portcullis.questionIdOf(id)).not.toBe(first);
  expect(await statusOf(id)).toEqual(['NOTIFIED', 'asked']);
  expect(await portcullis.textOf(group.id)).toContain('Close now');
});

test('with a comment it is closed, and who reads the message reads why', async () => {
  const { group, id } = await asked();
  await click(group, 'With a comment…');
  expect((await portcullis.submit(NAMED, { answer: 'close', comment: 'nobody uses it' })).status).toBe(200);
  expect(await portcullis.textOf(group.id)).toContain('nobody uses it');
  await portcullis.settle();
  expect([await isOpen(group), await statusOf(id)]).toEqual([false, ['RESOLVED', 'closed']]);
});

describe('what is wrong in a form is shown at its field, and nothing changes', () => {
  const cases: readonly (readonly [name: string, button: string, fields: object, field: string, notified: RegExp])[] = [
    ['no reason', 'Accept risk until…', { until: '+3' }, 'comment', /say why/],
    ['blanks for a reason', 'Accept risk until…', { until: '+3', comment: ' \n ' }, 'comment', /say why/],
    ['no day', 'Leave open until…', {}, 'until', /is no day or moment/],
    ['a day that is over', 'Leave open until…', { until: '+-1' }, 'until', /is over already/],
    ['a day too far', 'Accept risk until…', { until: '+400', comment: 'x' }, 'until', /more than 90 days ahead/],
    ['no answer', 'With a comment…', { comment: 'x' }, 'answer', /choose one/],
    ['100 KB', 'With a comment…', { answer: 'close', comment: '字'.repeat(100_000) }, 'comment', /longer than 1000/],
  ];

  test.each(cases)('%s', async (_name, button, given, field, notified) => {
    const { group } = await asked();
    await click(group, button);
    const days = (text: string) => (text.startsWith('+') ? inDays(Number(text.slice(1))) : text);
    const fields = Object.fromEntries(Object.entries(given).map(([name, text]) => [name, days(String(text))]));
    const reply = await portcullis.submit(NAMED, fields);
    expect(reply.status).toBe(200);
    const body = (await reply.json()) as { response_action: string; errors: Record<string, string> };
    expect(body).toEqual({ response_action: 'errors', errors: { [field]: expect.stringMatching(notified) } });
    await portcullis.settle();
    expect(await isOpen(group)).toBe(true);
    expect(await portcullis.textOf(group.id)).toContain('Close now');
  });

  test('somebody else fills in the form, or the question was answered meanwhile', async () => {
    const { group } = await asked();
    await click(group, 'With a comment…');
    const errors = async (reply: Response) => ((await reply.json()) as { errors: Record<string, string> }).errors;
    const given = { answer: 'close' };
    expect(await errors(await portcullis.submit(STRANGER, given))).toEqual({
      comment: expect.stringMatching(/slack:U0999ZZZZ may not answer/),
    });
    await click(group, 'Deny', IN_GROUP);
    expect(await errors(await portcullis.submit(NAMED, given))).toEqual({
      comment: expect.stringMatching(/is decided: slack:U0123ABCD chose to leave it open/),
    });
    await portcullis.settle();
    expect(await isOpen(group)).toBe(true);
  });

  test('who may not answer is shown no form', async () => {
    const { group } = await asked();
    const forms = async () => (await portcullis.outbox()).filter(({ url }) => url.endsWith('/views.open')).length;
    const before = await forms();
    await click(group, 'Accept risk until…', STRANGER);
    expect(await forms()).toBe(before);
    expect((await portcullis.ephemeralReplies()).at(-1)).toMatch(/may not answer/);
  });
});
