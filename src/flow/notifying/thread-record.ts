import type { Notice } from '../../core/messages/notice';
import { NEW_THREAD, orderOf, statesBy, withStates, type Thread } from '../../core/messages/thread';
import type { BegunNotice, ReceiverKeys, ThreadRecord } from '../ports';

/** Messages come again within days; so many others about one target do not come between. */
const REMEMBERED_NOTICES = 100;
/** More are set aside, each with an alarm, before the oldest is forgotten. */
const REMEMBERED_BEGUN = 20;

/** Of what nothing was ever sent about. */
export const NEW_RECORD: ThreadRecord = { thread: NEW_THREAD, delivered: [], begun: [] };

/** Whether all of a notice was sent. */
export function isDelivered({ delivered }: ThreadRecord, { id }: Notice): boolean {
  return delivered.includes(id);
}

/** Whether an earlier try of a notice is remembered. */
export function isBegun({ begun }: ThreadRecord, { id }: Notice): boolean {
  return begun.some((each) => each.id === id);
}

/**
 * Remembers what was so before anything of a notice was sent, unless an earlier try sent something and remembered it.
 */
export function beginNotice(record: ThreadRecord, notice: Notice): ThreadRecord {
  const { id } = notice;
  if (record.begun.some((begun) => begun.id === id && begun.sent.length > 0)) return record;
  const before = threadFor(record, notice);
  const overtaken = record.lastSentAt !== undefined && orderOf(notice) < record.lastSentAt;
  const others = record.begun.filter((begun) => begun.id !== id);
  const begun = [...others, { id, sent: [], before, overtaken, says: statesBy(notice, before) }];
  return { ...record, begun: begun.slice(-REMEMBERED_BEGUN) };
}

/**
 * What a channel was sent, together with what newer notices say that are begun and will be sent whole: an older one
 * does not take back what is half sent of them.
 */
export function threadFor({ thread, begun }: ThreadRecord, notice: Notice): Thread {
  const newer = begun
    .flatMap(({ id, says = {} }) => (id === notice.id ? [] : Object.entries(says)))
    .filter(([control, { sentAt }]) => sentAt > orderOf(notice) && sentAt > (thread.controls[control]?.sentAt ?? ''))
    .sort(([, one], [, other]) => (one.sentAt < other.sentAt ? -1 : 1));
  return withStates(thread, Object.fromEntries(newer));
}

/** What is remembered of a notice that was begun. */
export function begunOf({ thread, begun }: ThreadRecord, { id }: Notice): BegunNotice {
  return begun.find((each) => each.id === id) ?? { id, sent: [], before: thread, overtaken: false };
}

/** One more of its deliveries was sent. */
export function withSent(record: ThreadRecord, notice: Notice, delivery: string, keys: ReceiverKeys): ThreadRecord {
  return {
    ...record,
    thread: { ...record.thread, keys: { ...record.thread.keys, ...keys } },
    lastSentAt: later(record, notice),
    begun: record.begun.map((begun) =>
      begun.id === notice.id ? { ...begun, sent: [...begun.sent, delivery] } : begun,
    ),
  };
}

/**
 * Done with: all of it was sent, or there was nothing to send. What is open follows from it, but for what a newer
 * notice says that is begun: nothing was sent of that yet, and the newer one has to find it as the channel knows it.
 */
export function finishNotice(record: ThreadRecord, notice: Notice): ThreadRecord {
  const { thread, delivered, begun } = record;
  return {
    ...record,
    thread: withStates(thread, statesBy(notice, threadFor(record, notice))),
    lastSentAt: later(record, notice),
    delivered: [...delivered, notice.id].slice(-REMEMBERED_NOTICES),
    begun: begun.filter(({ id }) => id !== notice.id),
  };
}

function later({ lastSentAt }: ThreadRecord, notice: Notice): string {
  const order = orderOf(notice);
  return lastSentAt === undefined || lastSentAt < order ? order : lastSentAt;
}
