import { createSecurityHubChannel } from '../../src/channels/securityhub/security-hub-channel';
import { parseNotice } from '../../src/core/messages/parse-notice';
import { NEW_THREAD, type Thread } from '../../src/core/messages/thread';
import { failure, success } from '../../src/core/result';
import type { FailureCode, FindingTickets, TicketOfFinding } from '../../src/flow/ports';
import { busEvent } from '../end-to-end/channels/bus-event';

const findingOf = (control: string, id: string) =>
  `arn:aws:securityhub:us-east-1:222222222222:security-control/${control}/finding/${id}`;

function noticeOf(kind: string, detail: Readonly<Record<string, unknown>> = {}) {
  const parsed = parseNotice(JSON.stringify(busEvent(kind, { findingIds: [findingOf('EC2.13', '1')], ...detail })));
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

const made: TicketOfFinding[] = [];
beforeEach(() => made.splice(0));

const TICKETS: FindingTickets = {
  fetchFindings: (ids) => Promise.resolve(success(ids.map((id) => ({ uid: `uid of ${id}`, control: idOf(id) })))),
  createTicket(ticket) {
    made.push(ticket);
    return Promise.resolve(success('SEC-1'));
  },
};
const idOf = (id: string) => /security-control\/([^/]+)/.exec(id)?.[1] ?? '';
const channelWith = (tickets: Partial<FindingTickets> = {}, connectorId = 'a1b2c3d4-5678-90ab-cdef-111111111111') =>
  createSecurityHubChannel({ connectorId }, { ...TICKETS, ...tickets });

const threadWith = (keys: Thread['keys'], controls: Thread['controls'] = {}): Thread => ({ keys, controls });

test('a ticket a target and control, of the finding of that control, with a token that is the same for every event', async () => {
  const both = { controls: ['EC2.13', 'EC2.19'], findingIds: [findingOf('EC2.19', '2'), findingOf('EC2.13', '1')] };
  const deliveries = channelWith().deliveriesOf(noticeOf('Decision Needed', both), NEW_THREAD, false, false);
  expect(deliveries.map(({ id }) => id)).toEqual(['ticket EC2.13', 'ticket EC2.19']);
  for (const { send } of deliveries) await send({}, false);
  expect(made.map(({ findingUid }) => findingUid)).toEqual([
    `uid of ${findingOf('EC2.13', '1')}`,
    `uid of ${findingOf('EC2.19', '2')}`,
  ]);
  const [first, second] = made;
  expect(first?.token).toMatch(/^[\x21-\x7E]{1,63}$/);
  expect(second?.token).not.toBe(first?.token);
  const [again] = channelWith().deliveriesOf(noticeOf('Remediation Failed'), NEW_THREAD, false, false);
  expect(await again?.send({}, true)).toEqual({ ok: true, value: { 'ticket EC2.13': 'SEC-1' } });
  expect(made.at(-1)?.token).toBe(first?.token);
});

test.each([
  ['what has a ticket', noticeOf('Ingress Reopened'), threadWith({ 'ticket EC2.13': 'SEC-1' })],
  ['what ends a matter', noticeOf('Ingress Closed'), NEW_THREAD],
  ['what leaves it as it is', noticeOf('Exception Ending'), NEW_THREAD],
  ['what newer events say is over', noticeOf('Decision Needed'), threadWith({}, over())],
  [
    'a finding that somebody imported, which is not in V2',
    noticeOf('Decision Needed', { findingIds: ['own/1'] }),
    NEW_THREAD,
  ],
  ['a finding of another control', noticeOf('Decision Needed', { findingIds: [findingOf('S3.8', '1')] }), NEW_THREAD],
  ['no control', noticeOf('Brake Engaged', { controls: [] }), NEW_THREAD],
])('%s makes none', (_what, notice, thread) => {
  expect(channelWith().deliveriesOf(notice, thread, false, false)).toEqual([]);
});

function over(): Thread['controls'] {
  return { 'EC2.13': { isOpen: false, sentAt: '2027-01-01T00:00:00.000Z' } };
}

test('a finding of a standard, whose id names no control, is looked up by the control that it says', async () => {
  const id = 'arn:aws:securityhub:us-east-1:222222222222:subscription/pci-dss/v/3.2.1/PCI.EC2.5/finding/1';
  const fetchFindings = () =>
    Promise.resolve(
      success([
        { uid: 'a', control: 'S3.8' },
        { uid: 'b', control: 'EC2.13' },
      ]),
    );
  const [delivery] = channelWith({ fetchFindings }).deliveriesOf(
    noticeOf('Decision Needed', { findingIds: [id] }),
    NEW_THREAD,
    false,
    false,
  );
  await delivery?.send({}, false);
  expect(made).toMatchObject([{ findingUid: 'b' }]);
});

test('a test is a ticket of a finding that AWS makes up, and another one each time', async () => {
  const tests = ['one', 'two'].map((id) => ({ ...noticeOf('Test'), id }));
  for (const notice of tests) {
    const [delivery] = channelWith().deliveriesOf(notice, NEW_THREAD, false, false);
    expect(await delivery?.send({}, false)).toEqual({ ok: true, value: {} });
  }
  expect(made.map(({ findingUid }) => findingUid)).toEqual([undefined, undefined]);
  expect(new Set(made.map(({ token }) => token)).size).toBe(2);
});

test.each<readonly [FailureCode, boolean, string, boolean]>([
  ['access-denied', false, 'unauthorized', true],
  // A connector that does not reach its project: docs/notifications.md.
  ['conflict', false, 'unauthorized', true],
  ['throttled', true, 'throttled', true],
  ['unavailable', true, 'unavailable', true],
  ['unknown', false, 'unavailable', true],
  ['not-found', false, 'refused', false],
  ['invalid', false, 'refused', false],
])('AWS answers %s (%s): %s, tried again: %s', async (code, retryable, delivered, again) => {
  const createTicket = () => Promise.resolve(failure({ code, retryable, cause: 'so it is' }));
  const [delivery] = channelWith({ createTicket }).deliveriesOf(noticeOf('Decision Needed'), NEW_THREAD, false, false);
  const error = { code: delivered, retryable: again, cause: 'so it is' };
  expect(await delivery?.send({}, false)).toEqual({ ok: false, error });
});

test('a finding that V2 does not show yet is tried again, not forgotten', async () => {
  const fetchFindings = () => Promise.resolve(success([]));
  const [delivery] = channelWith({ fetchFindings }).deliveriesOf(noticeOf('Decision Needed'), NEW_THREAD, false, false);
  expect(await delivery?.send({}, false)).toMatchObject({ ok: false, error: { code: 'unavailable', retryable: true } });
  expect(made).toEqual([]);
});
