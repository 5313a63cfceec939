import { isQuietDigest, type Digest } from '../../core/digest/digest';
import { toDigest } from '../../core/digest/to-digest';
import { describeDigest } from '../../core/messages/email/render-digest';
import { DIGEST_KIND } from '../../core/messages/notice-kinds';
import { success } from '../../core/result';
import type { DigestPorts, PortResult } from '../ports';

export interface DigestTerms {
  /** Whether one that has nothing to report is sent. */
  readonly whenQuiet: boolean;
}

const DAY_MILLIS = 24 * 3_600_000;

/** However long none was sent: what is older is in reports. */
const LOOKBACK_MILLIS = 31 * DAY_MILLIS;

/** Scheduler may be early by the clock of the function. */
const MAY_BE_AHEAD_MILLIS = 60_000;

/**
 * Makes the digest that is due and puts it into the queue of mail. It goes from where the last one ended that was sent,
 * so that a day on which none could be made is in the next; its id comes from the moment that it is due, so that one
 * that is started twice is sent once.
 *
 * @param scheduledAt when it was due, as Scheduler says it; anything else means now
 * @returns the digest's id, or nothing where there was nothing to report
 */
export async function sendDigest(
  scheduledAt: unknown,
  { whenQuiet }: DigestTerms,
  { clock, source, channelQueues }: DigestPorts,
): PortResult<string | undefined> {
  const until = dueAt(scheduledAt, clock.now());
  const read = await source.read(new Date(until.getTime() - LOOKBACK_MILLIS));
  if (!read.ok) return read;
  const digest = toDigest(read.value, sinceOf(read.value.lastUntil, until), until);
  if (isQuietDigest(digest) && !whenQuiet) return success(undefined);
  const id = `digest-${digest.until.replace(/\.\d+Z$/, 'Z').replace(/[-:]/g, '')}`;
  const sent = await channelQueues.send('email', JSON.stringify(toEvent(id, digest)));
  return sent.ok ? success(id) : sent;
}

function dueAt(scheduledAt: unknown, now: Date): Date {
  const millis = typeof scheduledAt === 'string' ? Date.parse(scheduledAt) : NaN;
  const isPossible = millis <= now.getTime() + MAY_BE_AHEAD_MILLIS && millis > now.getTime() - DAY_MILLIS;
  return new Date(isPossible ? millis : Math.floor(now.getTime() / 1000) * 1000);
}

function sinceOf(lastUntil: string | undefined, until: Date): Date {
  const last = lastUntil === undefined ? NaN : Date.parse(lastUntil);
  return new Date(last < until.getTime() ? last : until.getTime() - DAY_MILLIS);
}

/** As the bus would put it there. */
function toEvent(id: string, digest: Digest) {
  return {
    id,
    source: 'portcullis',
    'detail-type': DIGEST_KIND,
    time: digest.until,
    detail: { matter: 'stays', reason: `Digest: ${describeDigest(digest)}.`, digest },
  };
}
