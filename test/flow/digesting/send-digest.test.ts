import type { DigestInput } from '../../../src/core/digest/to-digest';
import { failure, success } from '../../../src/core/result';
import { sendDigest } from '../../../src/flow/digesting/send-digest';
import type { DigestSourceRead } from '../../../src/flow/ports';

const NOW = new Date('2026-11-29T07:00:04.321Z');
const DUE = '2026-11-29T07:00:00Z';
const NOTHING: DigestInput = { remediations: [], questions: [], exceptions: [], grants: [], unreadable: 0 };

/** The digests that are put into the queue. */
async function send(scheduledAt: unknown, read: Partial<DigestSourceRead> = {}, whenQuiet = true) {
  const sent: { readonly id: string; readonly time: string; readonly detail: { readonly digest: object } }[] = [];
  const result = await sendDigest(
    scheduledAt,
    { whenQuiet },
    {
      clock: { now: () => NOW },
      source: { read: () => Promise.resolve(success({ ...NOTHING, ...read })) },
      channelQueues: {
        names: ['email'],
        send(_channel, body) {
          sent.push(JSON.parse(body) as never);
          return Promise.resolve(success(undefined));
        },
      },
    },
  );
  return { result, sent };
}

test('its id is that of the moment that it is due, so that one that is started twice is one', async () => {
  const [first, second] = [await send(DUE), await send(DUE)];
  expect(first.result).toEqual(success('digest-20261129T070000Z'));
  expect(second.sent).toEqual(first.sent);
});

test.each([
  ['none was sent', undefined, '2026-11-28T07:00:00.000Z'],
  ['the last one was two days ago', '2026-11-27T07:00:00.000Z', '2026-11-27T07:00:00.000Z'],
  ['this one was sent already', '2026-11-29T07:00:00.000Z', '2026-11-28T07:00:00.000Z'],
  ['the ledger has no time there', 'yesterday', '2026-11-28T07:00:00.000Z'],
])('where %s it begins there, or a day before', async (_what, lastUntil, since) => {
  const { sent } = await send(DUE, lastUntil === undefined ? {} : { lastUntil });
  expect(sent[0]?.detail.digest).toMatchObject({ since, until: '2026-11-29T07:00:00.000Z' });
});

test.each([undefined, 7, 'soon', '2026-11-30T07:00:00Z', '2025-01-01T00:00:00Z'])(
  'somebody who starts it with %p has one of now',
  async (scheduledAt) => {
    expect((await send(scheduledAt)).sent[0]?.time).toBe('2026-11-29T07:00:04.000Z');
  },
);

test('without anything to say it is sent only where that is wanted', async () => {
  expect((await send(DUE, {}, false)).sent).toEqual([]);
  expect((await send(DUE, {}, true)).sent).toHaveLength(1);
  expect((await send(DUE, { unreadable: 1 }, false)).sent).toHaveLength(1);
});

test('a ledger that cannot be read makes none', async () => {
  const cannot = failure({ code: 'unavailable' as const, retryable: true, cause: 'The ledger cannot be read' });
  const ports = {
    clock: { now: () => NOW },
    source: { read: () => Promise.resolve(cannot) },
    channelQueues: { names: ['email'], send: () => Promise.reject(new Error('sent')) },
  };
  expect(await sendDigest(DUE, { whenQuiet: true }, ports)).toEqual(cannot);
});
