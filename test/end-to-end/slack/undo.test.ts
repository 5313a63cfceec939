import { ANYWHERE, tcp, type Group } from '../deployed-portcullis';
import { deployWithSlack, IN_GROUP, NAMED, STRANGER, VIRGINIA, type InSlack, type OutboxEntry } from './in-slack';

const HOUR_MILLIS = 3_600_000;

let portcullis: InSlack;
beforeAll(async () => {
  portcullis = await deployWithSlack();
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

/** A group that was closed by a click, and the message that says so. */
async function closed(): Promise<{ group: Group; id: string; message: OutboxEntry }> {
  const group = await portcullis.openGroup(VIRGINIA, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  const asked = await portcullis.messageAbout(group.id);
  await portcullis.click({ user: NAMED, button: 'Close now', message: asked });
  await portcullis.settle();
  return { group, id, message: await portcullis.messageAbout(group.id) };
}

const isOpen = async (group: Group) => (await portcullis.ingressOf(group)).length > 0;
const lastReply = async () => (await portcullis.ephemeralReplies()).at(-1);

test('Undo opens again what was closed, its message says who asked, and a second click learns who was first', async () => {
  const { group, id, message } = await closed();
  expect(await isOpen(group)).toBe(false);
  expect((await portcullis.click({ user: IN_GROUP, button: 'Undo', message })).status).toBe(200);
  const shown = await portcullis.textOf(group.id);
  expect(shown).toContain(`<@${IN_GROUP}> asked at`);
  expect(shown).not.toContain('"actions"');
  await portcullis.click({ user: IN_GROUP, button: 'Undo', message });
  expect(await lastReply()).toMatch(/^slack:U0123ABCD has asked for it already, at /);
  await portcullis.settle();
  expect(await isOpen(group)).toBe(true);
  const [undone] = (await portcullis.domainEventsAbout(group)).slice(-1);
  expect(undone).toMatchObject({
    'detail-type': 'Closing Undone',
    detail: { outcome: 'undone', decidedBy: 'Undo in Slack by slack:U0123ABCD' },
  });
  expect(await portcullis.textOf(group.id)).toContain('Closing undone: it is open again');
  expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('NEW');
  await portcullis.click({ user: IN_GROUP, button: 'Undo', message });
  expect(await lastReply()).toMatch(/is undone already, by rem-/);
});

describe('who may not, or comes too late, is answered so alone, and it stays closed', () => {
  let one: Awaited<ReturnType<typeof closed>>;
  beforeAll(async () => {
    one = await closed();
  });

  test.each([
    ['a stranger', STRANGER, 'Undo', /^slack:U0999ZZZZ may not undo rem-.*who may: slack:S0123ABCD$/],
    ['who may answer, and not undo', NAMED, 'Undo', /^slack:U0456EFGH may not undo rem-/],
    ['no closing', IN_GROUP, { action_id: 'portcullis_undo', value: 'x'.repeat(2000) }, /carries no closing/],
    [
      'a closing of another deployment',
      IN_GROUP,
      { action_id: 'portcullis_undo', value: 'rem-0123456789abcdef' },
      /this deployment holds no closing or isolation rem-0123456789abcdef/,
    ],
  ])('%s', async (_name, user, button, notified) => {
    await portcullis.click({ user, button, message: one.message });
    expect(await lastReply()).toMatch(notified);
    await portcullis.settle();
    expect(await isOpen(one.group)).toBe(false);
  });

  test('after the configured time', async () => {
    await portcullis.clock.advance(24 * HOUR_MILLIS);
    await portcullis.click({ user: IN_GROUP, button: 'Undo', message: one.message });
    expect(await lastReply()).toMatch(/^It is too late to undo rem-\w+ here.*At a terminal: portcullis undo rem-/);
    await portcullis.settle();
    expect(await isOpen(one.group)).toBe(false);
  });
});
