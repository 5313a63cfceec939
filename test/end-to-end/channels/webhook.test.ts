import { createHmac } from 'node:crypto';
import { NOTICE_RETRY_SECONDS, MAX_NOTICE_DELIVERIES } from '../../../src/flow/limits';
import { ANYWHERE, tcp } from '../deployed-portcullis';
import { busEvent } from './bus-event';
import { bodyOf, deployWithChannels, VIRGINIA, type OutboxEntry, type WithChannels } from './outside';

let portcullis: WithChannels;
beforeAll(async () => {
  portcullis = await deployWithChannels();
});
afterAll(() => portcullis.stop());

/** As docs/notifications.md has receivers verify it. */
function isSigned({ headers, body }: OutboxEntry, { signingKey = '' }: Record<string, string>): boolean {
  const timestamp = headers['portcullis-timestamp'] ?? '';
  const expected = createHmac('sha256', signingKey).update(`v1:${timestamp}:${body}`).digest('hex');
  return headers['portcullis-signature'] === `v1=${expected}`;
}

/** What was posted while something was done. */
async function postedBy(act: () => Promise<unknown>): Promise<readonly OutboxEntry[]> {
  const before = await portcullis.outbox('webhook');
  await act();
  return (await portcullis.outbox('webhook')).slice(before.length);
}

const idsOf = (entries: readonly OutboxEntry[]) => entries.map((entry) => bodyOf(entry)['id']);

function secondsBetween([first, second]: readonly OutboxEntry[]): number {
  return (Date.parse(second?.at ?? '') - Date.parse(first?.at ?? '')) / 1000;
}

describe('a webhook', () => {
  test('is notified of a closing once, signed, with how it is undone', async () => {
    const group = await portcullis.openGroup(VIRGINIA, [tcp(22, 22, ANYWHERE)]);
    const [posted, ...others] = await postedBy(async () => {
      await portcullis.importFinding(group, 'EC2.13');
      await portcullis.settle();
    });
    expect(others).toEqual([]);
    if (!posted) throw new Error('Nothing was posted.');
    expect(posted).toMatchObject({ method: 'POST', url: 'https://hook.example.com/portcullis' });
    expect(isSigned(posted, await portcullis.secretOf('webhook'))).toBe(true);
    const body = bodyOf(posted);
    expect(body).toMatchObject({
      version: '1',
      type: 'Ingress Closed',
      test: false,
      severity: 'HIGH',
      controls: ['EC2.13'],
      target: { id: group.id, account: group.account, region: group.region },
    });
    expect(posted.headers['idempotency-key']).toBe(body['id']);
    expect(body['undo']).toMatch(/^portcullis undo rem-[0-9a-f]{16}$/);
  });

  test('is posted once what comes twice', async () => {
    const event = busEvent('Ingress Closed', {}, { id: 'twice' });
    expect(idsOf(await postedBy(() => portcullis.deliver('webhook', event, event)))).toEqual(['twice']);
    expect(await postedBy(() => portcullis.deliver('webhook', event))).toEqual([]);
  });

  test('is not notified of what its filters keep back, and is notified of what does not say how grave it is', async () => {
    const low = busEvent('Ingress Closed', { severity: 'LOW' });
    const unknown = busEvent('Ingress Closed', { severity: undefined }, { id: 'unknown' });
    expect(idsOf(await postedBy(() => portcullis.deliver('webhook', low, unknown)))).toEqual(['unknown']);
  });

  test('that answers 500 for an hour is notified in the end, and nothing is a dead letter', async () => {
    await portcullis.answer('webhook', { status: 500, times: 8 });
    const posted = await postedBy(() => portcullis.deliver('webhook', busEvent('Ingress Closed', {}, { id: 'late' })));
    expect(new Set(idsOf(posted))).toEqual(new Set(['late']));
    expect(posted).toHaveLength(9);
    expect(secondsBetween([posted[0], posted[8]] as OutboxEntry[])).toBeGreaterThanOrEqual(3600);
    expect(secondsBetween(posted)).toBeGreaterThanOrEqual(NOTICE_RETRY_SECONDS.first);
    expect(await portcullis.deadLettersOf('webhook')).toEqual([]);
  });

  test('that is out of order for longer than the documented number of tries has it in its dead letters, to be sent again', async () => {
    await portcullis.answer('webhook', { status: 503, times: MAX_NOTICE_DELIVERIES });
    const posted = await postedBy(() => portcullis.deliver('webhook', busEvent('Ingress Closed', {}, { id: 'dead' })));
    expect(posted).toHaveLength(MAX_NOTICE_DELIVERIES);
    expect(await portcullis.deadLettersOf('webhook')).toHaveLength(1);
    expect(idsOf(await postedBy(() => portcullis.redrive('webhook')))).toEqual(['dead']);
    expect(await portcullis.deadLettersOf('webhook')).toEqual([]);
  });

  test('that answers 429 is left alone for as long as it says', async () => {
    await portcullis.answer('webhook', { status: 429, headers: { 'retry-after': '3000' } });
    const posted = await postedBy(() => portcullis.deliver('webhook', busEvent('Ingress Closed')));
    expect(posted).toHaveLength(2);
    expect(secondsBetween(posted)).toBeGreaterThanOrEqual(3000);
  });

  test.each([400, 404, 301])(
    'that answers %d will never take it: a dead letter at once, with the reason',
    async (status) => {
      await portcullis.answer('webhook', { status, body: 'no\nsuch   hook' });
      expect(await postedBy(() => portcullis.deliver('webhook', busEvent('Ingress Closed')))).toHaveLength(1);
      const [dead] = await portcullis.deadLettersOf('webhook');
      expect(dead?.attributes['PortcullisReason']?.StringValue).toBe(
        `POST https://hook.example.com/portcullis answered ${String(status)}: no such hook`,
      );
      expect(await postedBy(() => portcullis.redrive('webhook'))).toHaveLength(1);
    },
  );

  test('whose secret was rotated is notified with the new one in the same breath', async () => {
    await portcullis.deliver('webhook', busEvent('Ingress Closed'));
    await portcullis.rotate('webhook', JSON.stringify({ signingKey: 'another-key-of-32-characters-0123' }));
    await portcullis.answer('webhook', { status: 401 });
    const posted = await postedBy(() => portcullis.deliver('webhook', busEvent('Ingress Closed')));
    expect(posted).toHaveLength(2);
    expect(secondsBetween(posted)).toBeLessThan(5);
    const secret = await portcullis.secretOf('webhook');
    expect(posted.map((entry) => isSigned(entry, secret))).toEqual([false, true]);
  });

  test('whose secret is malformed has it in its dead letters, and the reason says nothing of what the secret holds', async () => {
    await portcullis.rotate('webhook', JSON.stringify({ signingKey: 'hunter2' }));
    await portcullis.clock.advance(6 * 60_000);
    expect(await postedBy(() => portcullis.deliver('webhook', busEvent('Ingress Closed')))).toEqual([]);
    const [dead] = await portcullis.deadLettersOf('webhook');
    const reason = dead?.attributes['PortcullisReason']?.StringValue ?? '';
    expect(reason).toMatch(/^The secret portcullis\/webhook is wrong or lacks something at signingKey; it must be /);
    expect(reason).not.toContain('hunter2');
    await portcullis.rotate('webhook', JSON.stringify({ signingKey: 'a-third-key-of-32-characters-0123' }));
    await portcullis.clock.advance(6 * 60_000);
    expect(await postedBy(() => portcullis.redrive('webhook'))).toHaveLength(1);
  });

  test('whose queue holds what is no event of ours has it in its dead letters, with the reason', async () => {
    expect(await postedBy(() => portcullis.deliver('webhook', { id: 'x', source: 'aws.ec2' }))).toEqual([]);
    const [dead] = await portcullis.deadLettersOf('webhook');
    expect(dead?.attributes['PortcullisReason']?.StringValue).toBe(
      'The message is no event of Portcullis: source "aws.ec2" is not portcullis; only its own events are sent on',
    );
  });
});

test('portcullis notify test reaches it past its filters, and says who asked', async () => {
  const [posted] = await postedBy(() => portcullis.test('webhook'));
  if (!posted) throw new Error('Nothing was posted.');
  expect(bodyOf(posted)).toMatchObject({ type: 'Test', test: true, controls: [] });
  expect(bodyOf(posted)['summary']).toContain(`A test that arn:aws:iam::${portcullis.hub.account}:`);
});
