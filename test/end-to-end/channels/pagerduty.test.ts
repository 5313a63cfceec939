import { ANYWHERE, tcp } from '../deployed-portcullis';
import { busEvent } from './bus-event';
import { bodyOf, deployWithChannels, VIRGINIA, type OutboxEntry, type WithChannels } from './outside';

let portcullis: WithChannels;
beforeAll(async () => {
  portcullis = await deployWithChannels();
});
afterAll(() => portcullis.stop());

async function sentBy(channel: string, act: () => Promise<unknown>): Promise<readonly OutboxEntry[]> {
  const before = await portcullis.outbox(channel);
  await act();
  return (await portcullis.outbox(channel)).slice(before.length);
}

const inWords = (entries: readonly OutboxEntry[]) =>
  entries.map((entry) => `${String(bodyOf(entry)['event_action'])} ${String(bodyOf(entry)['dedup_key'])}`);

const deliver = (...events: readonly object[]) => sentBy('pagerduty', () => portcullis.deliver('pagerduty', ...events));

test('what is undone triggers an incident, and closing it again resolves it, though no filter lists closings', async () => {
  const group = await portcullis.openGroup(VIRGINIA, [tcp(3389, 3389, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.14');
  await portcullis.settle();
  const key = `portcullis/${group.account}/${group.region}/security-group/${group.id}/EC2.14`;
  const choose = (action: string) => async () => {
    await portcullis.choose(action, id);
    await portcullis.settle();
  };
  expect(inWords(await sentBy('pagerduty', choose('Close ingress')))).toEqual([]);
  expect(inWords(await sentBy('pagerduty', choose('Undo closing')))).toEqual([`trigger ${key}`]);
  expect(inWords(await sentBy('pagerduty', choose('Close ingress')))).toEqual([`resolve ${key}`]);
  const [triggered] = await portcullis.outbox('pagerduty');
  expect(triggered).toMatchObject({ method: 'POST', url: 'https://events.pagerduty.com/v2/enqueue' });
});

test('a trigger that PagerDuty does not take before the closing is not sent after it', async () => {
  const about = { target: 'sg-00000000000000001' };
  await portcullis.answer('pagerduty', { status: 500 });
  const asked = busEvent('Decision Needed', {}, { ...about, id: 'asked', time: '2026-11-29T12:00:00Z' });
  const closed = busEvent('Ingress Closed', {}, { ...about, id: 'closed', time: '2026-11-29T12:00:10Z' });
  const sent = await sentBy('pagerduty', async () => {
    await portcullis.deliver('pagerduty', asked, closed);
  });
  // The attempt that failed and may have arrived all the same, and what ends it then. Two at a time, as the function
  // works, it may take the closing first: nothing at all is sent then, or the closing alone, whose first attempt fails.
  const key = `portcullis/222222222222/us-east-1/security-group/${about.target}/EC2.13`;
  const words = inWords(sent);
  expect([[], [`trigger ${key}`, `resolve ${key}`], [`resolve ${key}`, `resolve ${key}`]]).toContainEqual(words);
  expect(await portcullis.deadLettersOf('pagerduty')).toEqual([]);
  // Then the failure still waits for a request: of somebody else, not of the next test.
  if (sent.length === 0) await deliver(busEvent('Decision Needed', {}, { target: 'sg-00000000000000009' }));
});

test('an answer that is none is not believed: it is sent again until it is', async () => {
  const about = { target: 'sg-00000000000000002' };
  await portcullis.answer('pagerduty', { status: 200, body: '<html>Please log in</html>' });
  expect(await deliver(busEvent('Decision Needed', {}, about))).toHaveLength(2);
});

test('what comes twice is sent once', async () => {
  const event = busEvent('Decision Needed', {}, { target: 'sg-00000000000000003' });
  expect(await deliver(event, event)).toHaveLength(1);
});

test('portcullis notify test triggers an incident for information, and resolves it', async () => {
  const sent = await sentBy('pagerduty', () => portcullis.test('pagerduty'));
  expect(inWords(sent).map((words) => words.replace(/test-.*$/, ''))).toEqual([
    'trigger portcullis/test/',
    'resolve portcullis/test/',
  ]);
});

test('people are notified by mail, once, with attributes that a subscription can filter by', async () => {
  const event = busEvent('Ingress Closed', {}, { target: 'sg-00000000000000004' });
  const [mail, ...others] = await sentBy('email', () => portcullis.deliver('email', event, event));
  expect(others).toEqual([]);
  expect(mail).toMatchObject({
    url: 'mailto:security@example.com',
    headers: { subject: '[Portcullis] Ingress closed: sg-00000000000000004 in 222222222222/us-east-1' },
  });
  expect(mail?.body).toContain('To undo:     portcullis undo rem-0123456789abcdef\n');
  expect(JSON.parse(mail?.headers['attributes'] ?? '')).toMatchObject({ event: 'Ingress Closed', severity: 'HIGH' });
});
