import { runAsOperator } from '../../cli/operator-cli';
import { ANYWHERE, tcp } from '../deployed-portcullis';
import { busEvent } from './bus-event';
import { deployWithChannels, VIRGINIA, type OutboxEntry, type WithChannels } from './outside';

let portcullis: WithChannels;
beforeAll(async () => {
  portcullis = await deployWithChannels({ configurationFile: 'test/end-to-end/channels/tickets.yaml' });
});
afterAll(() => portcullis.stop());

async function sentBy(channel: string, act: () => Promise<unknown>): Promise<readonly OutboxEntry[]> {
  const before = await portcullis.outbox(channel);
  await act();
  return (await portcullis.outbox(channel)).slice(before.length);
}

/** What changes something at the receiver, in words. */
function inWords(entries: readonly OutboxEntry[]): readonly string[] {
  return entries.flatMap(({ method, url, body }) => {
    const { pathname } = new URL(url);
    if (method === 'GET' || pathname.endsWith('/search/jql')) return [];
    const { state } = JSON.parse(body) as { readonly state?: string };
    if (pathname.endsWith('/comment') || (method === 'PATCH' && state === undefined)) return ['comment'];
    if (pathname.endsWith('/transitions')) return ['transition'];
    return [state === undefined ? 'create' : 'transition'];
  });
}

test('what a person has undone is a ticket of both, and closing it again resolves both', async () => {
  const group = await portcullis.openGroup(VIRGINIA, [tcp(3389, 3389, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.14');
  await portcullis.settle();
  const both = (action: string) => async () => {
    const before = await Promise.all([portcullis.outbox('jira'), portcullis.outbox('servicenow')]);
    await portcullis.choose(action, id);
    await portcullis.settle();
    const after = await Promise.all([portcullis.outbox('jira'), portcullis.outbox('servicenow')]);
    return after.map((all, index) => inWords(all.slice(before[index]?.length)));
  };
  expect(await both('Close ingress')()).toEqual([[], []]);
  expect(await both('Undo closing')()).toEqual([['create'], ['create']]);
  const closed = ['comment', 'transition'];
  expect(await both('Close ingress')()).toEqual([closed, closed]);
  const reopened = ['transition', 'comment'];
  expect(await both('Undo closing')()).toEqual([reopened, reopened]);
});

describe.each(['jira', 'servicenow'])('%s', (channel) => {
  const target = `sg-0000000000000000${channel.length.toString(16)}`;

  test('that answers 500 for an hour has one ticket in the end, and nothing is a dead letter', async () => {
    await portcullis.answer(channel, { status: 500, times: 8 });
    const event = busEvent('Decision Needed', {}, { target });
    const sent = await sentBy(channel, () => portcullis.deliver(channel, event));
    expect(inWords(sent)).toEqual(['create']);
    expect(await sentBy(channel, () => portcullis.deliver(channel, event))).toEqual([]);
    expect(Date.parse(sent.at(-1)?.at ?? '') - Date.parse(sent[0]?.at ?? '')).toBeGreaterThanOrEqual(3_600_000);
    expect(await portcullis.deadLettersOf(channel)).toEqual([]);
  });

  test('that answers 429 is left alone for as long as it says, and notified once', async () => {
    await portcullis.answer(channel, { status: 429, headers: { 'retry-after': '3000' } });
    const event = busEvent('Decision Needed', {}, { target, time: '2026-11-29T12:05:00Z' });
    const sent = await sentBy(channel, () => portcullis.deliver(channel, event));
    expect(inWords(sent).slice(1)).toEqual(['comment']);
    expect(Date.parse(sent.at(-1)?.at ?? '') - Date.parse(sent[0]?.at ?? '')).toBeGreaterThanOrEqual(3_000_000);
  });

  test('whose secret was rotated is notified with the new one at once', async () => {
    const secret = channel === 'jira' ? { email: 'a@example.com', apiToken: 'new' } : { user: 'a', password: 'new' };
    await portcullis.rotate(channel, JSON.stringify(secret));
    await portcullis.answer(channel, { status: 401 });
    const event = busEvent('Ingress Closed', {}, { target, time: '2026-11-29T12:10:00Z' });
    const sent = await sentBy(channel, () => portcullis.deliver(channel, event));
    const authorization = `Basic ${Buffer.from(Object.values(secret).join(':')).toString('base64')}`;
    expect(sent.at(-1)?.headers['authorization']).toBe(authorization);
    expect(inWords(sent).at(-1)).toBe('transition');
  });

  test('is tried out by portcullis notify test: a ticket that is resolved at once', async () => {
    const sent = await sentBy(channel, async () => {
      const { exitCode, stderr } = await runAsOperator(portcullis, ['notify', 'test', channel]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      await portcullis.settle();
    });
    expect(inWords(sent)).toEqual(['create', 'transition']);
  });
});
