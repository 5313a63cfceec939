import { afterNotice, currentControls, isOpen, orderOf } from '../../../src/core/messages/thread';
import {
  beginNotice,
  begunOf,
  finishNotice,
  isDelivered,
  NEW_RECORD,
  withSent,
} from '../../../src/flow/notifying/thread-record';
import type { ThreadRecord } from '../../../src/flow/ports';
import { ASKED, CLOSED, TESTED } from '../../core/messages/notices';

const asked = { ...ASKED, id: 'asked', sentAt: '2026-11-29T12:00:00.000Z' };
const closed = { ...CLOSED, id: 'closed', sentAt: '2026-11-29T12:00:05.000Z' };

function sent(record: ThreadRecord, notice: typeof asked, keys = {}): ThreadRecord {
  return finishNotice(withSent(beginNotice(record, notice), notice, 'post', keys), notice);
}

test('what was sent is remembered, with what the receiver calls it and what is open', () => {
  const record = sent(NEW_RECORD, asked, { ticket: 'SEC-1' });
  expect(record).toEqual({
    thread: {
      keys: { ticket: 'SEC-1' },
      controls: { 'EC2.13': { isOpen: true, sentAt: orderOf(asked) } },
    },
    lastSentAt: orderOf(asked),
    delivered: ['asked'],
    begun: [],
  });
  expect([isDelivered(record, asked), isDelivered(record, closed)]).toEqual([true, false]);
});

test('what was sent in part goes on from how it was before, whatever was sent meanwhile', () => {
  const begun = withSent(beginNotice(NEW_RECORD, asked), asked, 'create', { ticket: 'SEC-1' });
  const meanwhile = sent(begun, closed);
  expect(begunOf(beginNotice(meanwhile, asked), asked)).toEqual({
    id: 'asked',
    sent: ['create'],
    before: NEW_RECORD.thread,
    overtaken: false,
    says: { 'EC2.13': { isOpen: true, sentAt: orderOf(asked) } },
  });
});

test('what comes after something newer is overtaken, and changes nothing of what is open', () => {
  const record = sent(NEW_RECORD, closed);
  const late = beginNotice(record, asked);
  expect(begunOf(late, asked).overtaken).toBe(true);
  expect(finishNotice(late, asked)).toMatchObject({
    thread: { controls: { 'EC2.13': { isOpen: false, sentAt: orderOf(closed) } } },
    lastSentAt: orderOf(closed),
  });
  expect(begunOf(beginNotice(record, { ...asked, sentAt: orderOf(closed) }), asked).overtaken).toBe(false);
});

test('of two controls each goes by the newest notice about itself', () => {
  const both = sent(NEW_RECORD, { ...asked, id: 'both', controls: ['EC2.13', 'EC2.19'] });
  const one = sent(both, closed);
  expect([isOpen(one.thread, 'EC2.13'), isOpen(one.thread, 'EC2.19'), isOpen(one.thread, 'EC2.2')]).toEqual([
    false,
    true,
    false,
  ]);
  const late = { ...asked, controls: ['EC2.13', 'EC2.19'] };
  expect(currentControls(late, one.thread)).toEqual(['EC2.19']);
});

test('a test says nothing of any control', () => {
  expect(afterNotice(NEW_RECORD.thread, TESTED)).toEqual(NEW_RECORD.thread);
});

test('an item stays small, however often a target is in a notice', () => {
  let record = NEW_RECORD;
  for (let index = 0; index < 500; index += 1) {
    record = beginNotice(record, { ...asked, id: `begun-${String(index)}` });
    record = sent(record, { ...asked, id: `sent-${String(index)}` });
  }
  expect(record.delivered.at(-1)).toBe('sent-499');
  expect(JSON.stringify(record).length).toBeLessThan(10_000);
});

test('what was tried, and nothing of it sent, goes on from how it is by then', () => {
  const meanwhile = sent(beginNotice(NEW_RECORD, asked), closed);
  expect(begunOf(beginNotice(meanwhile, asked), asked)).toMatchObject({ before: meanwhile.thread, overtaken: true });
});
