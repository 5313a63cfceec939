import { ANYWHERE, tcp } from '../deployed-portcullis';
import { busEvent } from './bus-event';
import { bodyOf, deployWithChannels, VIRGINIA, type OutboxEntry, type WithChannels } from './outside';

let portcullis: WithChannels;
beforeAll(async () => {
  portcullis = await deployWithChannels();
});
afterAll(() => portcullis.stop());

async function sentBy(act: () => Promise<unknown>): Promise<readonly OutboxEntry[]> {
  const before = await portcullis.outbox('slack');
  await act();
  return (await portcullis.outbox('slack')).slice(before.length);
}

const deliver = (...events: readonly object[]) => sentBy(() => portcullis.deliver('slack', ...events));

/** Method and message that it is about. */
const inWords = (entries: readonly OutboxEntry[]) =>
  entries.map((entry) => {
    const { ts, thread_ts: thread } = bodyOf(entry) as { readonly ts?: string; readonly thread_ts?: string };
    return `${entry.url.replace('https://slack.com/api/', '')} ${ts ?? thread ?? ''}`.trim();
  });

test('an undo is posted, and the message changes and says so in its thread once it is closed again', async () => {
  const group = await portcullis.openGroup(VIRGINIA, [tcp(3389, 3389, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.14');
  await portcullis.settle();
  const choose = (action: string) => async () => {
    await portcullis.choose(action, id);
    await portcullis.settle();
  };
  const [closing, ...others] = await sentBy(choose('Close ingress'));
  expect(others).toEqual([]);
  expect(closing?.headers['authorization']).toMatch(/^Bearer xoxb-/);
  expect(JSON.stringify(bodyOf(closing as OutboxEntry))).toContain('portcullis undo rem-');
  expect(inWords(await sentBy(choose('Undo closing')))).toEqual(['chat.postMessage']);
  expect(inWords(await sentBy(choose('Close ingress')))).toEqual([
    expect.stringMatching(/^chat\.update 17/),
    expect.stringMatching(/^chat\.postMessage 17/),
  ]);
});

test('what comes twice is sent once, and what fails between two calls goes on where it ended', async () => {
  const about = { target: 'sg-00000000000000001' };
  const asked = busEvent('Decision Needed', {}, { ...about, time: '2026-11-29T12:00:00Z' });
  expect(inWords(await deliver(asked, asked))).toEqual(['chat.postMessage']);
  const closed = busEvent('Ingress Closed', {}, { ...about, time: '2026-11-29T12:01:00Z' });
  await portcullis.answer('slack', { status: 200 });
  await portcullis.answer('slack', { status: 503 });
  const sent = inWords(await deliver(closed)).map((words) => words.split(' ')[0]);
  expect(sent).toEqual(['chat.update', 'chat.postMessage', 'chat.postMessage']);
});

test('what Slack refuses is a dead letter at once, with its word for it; what it does not understand is tried again', async () => {
  const event = (target: string) => busEvent('Decision Needed', {}, { target });
  await portcullis.answer('slack', { status: 200, body: '{"ok":false,"error":"is_archived"}' });
  expect(await deliver(event('sg-00000000000000002'))).toHaveLength(1);
  const [dead] = await portcullis.deadLettersOf('slack');
  expect(dead?.attributes['PortcullisReason']?.StringValue).toBe('Slack answered chat.postMessage: is_archived');
  await portcullis.answer('slack', { status: 200, body: '<html>' });
  expect(await deliver(event('sg-00000000000000003'))).toHaveLength(2);
});

test('a token that was rotated is read again at once', async () => {
  await portcullis.rotate('slack', JSON.stringify({ botToken: 'xoxb-another-made-up-token' }));
  await portcullis.answer('slack', { status: 200, body: '{"ok":false,"error":"token_revoked"}' });
  const sent = await deliver(busEvent('Decision Needed', {}, { target: 'sg-00000000000000004' }));
  expect(sent.at(-1)?.headers['authorization']).toBe('Bearer xoxb-another-made-up-token');
  expect(sent).toHaveLength(2);
});
