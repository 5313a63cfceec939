import type { Notice } from '../../core/messages/notice';
import { endsMatter, TEST_KIND } from '../../core/messages/notice-kinds';
import { NEW_THREAD } from '../../core/messages/thread';
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

/** Remembers what was so before anything of a notice was sent, unless that is remembered from an earlier try. */
export function beginNotice(record: ThreadRecord, { id, sentAt }: Notice): ThreadRecord {
  if (record.begun.some((begun) => begun.id === id)) return record;
  const overtaken = record.lastSentAt !== undefined && sentAt < record.lastSentAt;
  const begun = [...record.begun, { id, sent: [], before: record.thread, overtaken }];
  return { ...record, begun: begun.slice(-REMEMBERED_BEGUN) };
}

/** What is remembered of a notice that was begun. */
export function begunOf({ thread, begun }: ThreadRecord, { id }: Notice): BegunNotice {
  return begun.find((each) => each.id === id) ?? { id, sent: [], before: thread, overtaken: false };
}

/** One more of its deliveries was sent. */
export function withSent(
  { thread, ...record }: ThreadRecord,
  { id, sentAt }: Notice,
  delivery: string,
  keys: ReceiverKeys,
): ThreadRecord {
  const { lastSentAt = sentAt } = record;
  return {
    ...record,
    thread: { ...thread, keys: { ...thread.keys, ...keys } },
    lastSentAt: lastSentAt < sentAt ? sentAt : lastSentAt,
    begun: record.begun.map((begun) => (begun.id === id ? { ...begun, sent: [...begun.sent, delivery] } : begun)),
  };
}

/** All of it was sent: what is open follows from it, unless something newer was sent before it. */
export function finishNotice(record: ThreadRecord, notice: Notice): ThreadRecord {
  const { overtaken } = begunOf(record, notice);
  const { thread, delivered, begun } = record;
  return {
    ...record,
    thread: overtaken ? thread : { ...thread, open: openAfter(thread.open, notice) },
    delivered: [...delivered, notice.id].slice(-REMEMBERED_NOTICES),
    begun: begun.filter(({ id }) => id !== notice.id),
  };
}

/** Controls that are open once a channel was told of a notice. */
export function openAfter(open: readonly string[], notice: Notice): readonly string[] {
  const { kind, controls } = notice;
  if (kind === TEST_KIND) return open;
  if (endsMatter(notice)) return open.filter((control) => !controls.includes(control));
  return [...new Set([...open, ...controls])];
}
