import { passesFilters, type ChannelFilters } from '../../core/messages/channel-filters';
import type { Notice } from '../../core/messages/notice';
import { isQuiet } from '../../core/messages/matter';
import { parseNotice } from '../../core/messages/parse-notice';
import { subjectOf } from '../../core/messages/subject-of';
import { isAboutOpen, overtakenControls, withOthersSince } from '../../core/messages/thread';
import { NOTIFIER_TIMEOUT_SECONDS } from '../limits';
import type {
  Channel,
  Clock,
  DeadLetters,
  DeliveryFailure,
  HeldThread,
  Log,
  Metrics,
  ThreadRecord,
  Threads,
} from '../ports';
import {
  beginNotice,
  begunOf,
  finishNotice,
  isBegun,
  isDelivered,
  NEW_RECORD,
  threadFor,
  withSent,
} from './thread-record';
import { waitSeconds } from './wait-seconds';

export interface NotifyPorts {
  readonly clock: Clock;
  readonly deadLetters: DeadLetters;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly threads: Threads;
}

export interface ConfiguredChannel {
  /** Names it in logs and in the ledger. */
  readonly name: string;
  readonly filters: ChannelFilters;
  readonly channel: Channel;
}

export interface NotifyMessage {
  readonly id: string;
  readonly body: string;
  /** How often it was handed out, this time included. */
  readonly deliveries: number;
}

/** What becomes of a message of a channel's queue. */
export type NotifyOutcome = { readonly kind: 'done' } | { readonly kind: 'again'; readonly inSeconds: number };

/** A secret may be new to one side only while somebody rotates it: so often, which is some minutes, it is tried. */
const UNAUTHORIZED_DELIVERIES = 4;

/** Another message about the target is being sent: it takes seconds. */
const HELD_SECONDS = 10;

const DONE: NotifyOutcome = { kind: 'done' };

/**
 * Notifies a channel of one event: filters, what was sent before, rendering, sending, and what to remember. A message
 * that comes twice is sent once as far as the receiver lets; one that can never be sent is set aside with the reason.
 */
export async function notify(
  message: NotifyMessage,
  { name, filters, channel }: ConfiguredChannel,
  ports: NotifyPorts,
): Promise<NotifyOutcome> {
  const parsed = parseNotice(message.body);
  if (!parsed.ok) return setAside(message, name, parsed.error, ports);
  const notice = parsed.value;
  const passes = passesFilters(notice, filters);
  if (!passes && !(channel.keepsMatters && notice.matter === 'ends')) return DONE;

  const key = { channel: name, subject: subjectOf(notice) };
  const held = await ports.threads.hold(key, ports.clock.now(), NOTIFIER_TIMEOUT_SECONDS);
  if (!held.ok) {
    const { code, cause } = held.error;
    const inSeconds = code === 'conflict' ? HELD_SECONDS : waitSeconds(message.deliveries);
    ports.log.warn('Notice comes again', { channel: name, eventId: notice.id, code, cause });
    return { kind: 'again', inSeconds };
  }
  const toSend = { message, notice, name, channel };
  const { record = NEW_RECORD } = held.value;
  return isToSend(toSend, passes, record)
    ? send(held.value, record, toSend, ports)
    : letGo(held.value, finishNotice(record, notice), toSend, ports);
}

/**
 * What ends a matter that the channel was notified of, or is still to be, is sent whatever the filters say. What is
 * quietly over is sent to nobody else, but to a log.
 */
function isToSend({ notice, channel }: NoticeToSend, passes: boolean, { thread, begun }: ThreadRecord): boolean {
  if (isAboutOpen(notice, thread) || (passes && begun.length > 0)) return true;
  return passes && (channel.isLog === true || !isQuiet(notice));
}

interface NoticeToSend {
  readonly message: NotifyMessage;
  readonly notice: Notice;
  readonly name: string;
  readonly channel: Channel;
}

async function send(
  held: HeldThread,
  known: ThreadRecord,
  toSend: NoticeToSend,
  ports: NotifyPorts,
): Promise<NotifyOutcome> {
  const { notice, name, channel } = toSend;
  const fields = { channel: name, eventId: notice.id, event: notice.kind };
  if (isDelivered(known, notice)) {
    ports.log.info('Notice was sent before', fields);
    return letGo(held, known, toSend, ports);
  }
  const mayBeSent = toSend.message.deliveries > 1 || isBegun(known, notice);
  let record = beginNotice(known, notice);
  const { before, overtaken, sent } = begunOf(record, notice);
  const now = threadFor(known, notice);
  const isLate = mayBeSent && overtakenControls(notice, now).length > 0;
  const thread = isLate ? now : withOthersSince(before, now, notice);
  for (const delivery of channel.deliveriesOf(notice, thread, overtaken || isLate, isLate)) {
    if (sent.includes(delivery.id)) continue;
    const answer = await delivery.send(record.thread.keys, mayBeSent);
    if (!answer.ok) return failed(held, record, toSend, answer.error, ports);
    record = withSent(record, notice, delivery.id, answer.value);
    const saved = await held.save(record);
    if (!saved.ok) {
      ports.log.warn('Notice was sent, and the ledger did not take that down', { ...fields, cause: saved.error.cause });
      return { kind: 'again', inSeconds: waitSeconds(toSend.message.deliveries) };
    }
  }
  ports.log.info('Notice was sent', { ...fields, overtaken });
  return letGo(held, finishNotice(record, notice), toSend, ports);
}

async function letGo(
  held: HeldThread,
  record: ThreadRecord,
  { message, notice, name }: NoticeToSend,
  { log }: NotifyPorts,
): Promise<NotifyOutcome> {
  const released = await held.release(record);
  if (released.ok) return DONE;
  const { code, cause } = released.error;
  log.warn('Notice comes again', { channel: name, eventId: notice.id, code, cause });
  return { kind: 'again', inSeconds: waitSeconds(message.deliveries) };
}

async function failed(
  held: HeldThread,
  record: ThreadRecord,
  toSend: NoticeToSend,
  failure: DeliveryFailure,
  ports: NotifyPorts,
): Promise<NotifyOutcome> {
  const { message, notice, name } = toSend;
  const released = await held.release(record);
  // Whoever holds it after us waits until our time is up, no longer.
  if (!released.ok) ports.log.warn('The ledger did not let go', { channel: name, cause: released.error.cause });
  const isOver =
    !failure.retryable || (failure.code === 'unauthorized' && message.deliveries >= UNAUTHORIZED_DELIVERIES);
  if (isOver) return setAside(message, name, failure.cause, ports);
  const inSeconds = waitSeconds(message.deliveries, failure.retryAfterSeconds);
  const { code, cause } = failure;
  ports.log.warn('Notice comes again', { channel: name, eventId: notice.id, code, cause, inSeconds });
  return { kind: 'again', inSeconds };
}

async function setAside(
  message: NotifyMessage,
  channel: string,
  reason: string,
  { deadLetters, log, metrics }: NotifyPorts,
): Promise<NotifyOutcome> {
  const saved = await deadLetters.save({ body: message.body, reason });
  if (!saved.ok) {
    log.warn('Notice comes again', {
      channel,
      messageId: message.id,
      code: saved.error.code,
      cause: saved.error.cause,
    });
    return { kind: 'again', inSeconds: waitSeconds(message.deliveries) };
  }
  metrics.count('NotificationsFailed');
  log.error('Notice set aside', { channel, messageId: message.id, reason });
  return DONE;
}
