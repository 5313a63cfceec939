import { NOTICE_RETRY_SECONDS } from '../limits';

/** SQS hides a message for 12 hours at most, counted from when it handed it out. */
const LONGEST_SECONDS = 11 * 3600;

/**
 * How long a message stays away after so many deliveries that did not work: longer each time, and never shorter than
 * the receiver asks for.
 */
export function waitSeconds(deliveries: number, retryAfterSeconds = 0): number {
  const { first, longest } = NOTICE_RETRY_SECONDS;
  const own = Math.min(first * 2 ** Math.max(deliveries - 1, 0), longest);
  return Math.min(Math.max(own, Math.ceil(retryAfterSeconds)), LONGEST_SECONDS);
}
