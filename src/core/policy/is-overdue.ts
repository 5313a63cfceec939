import type { ConsoleAction } from '../ledger/remediation-record';

/** A closing takes away what a control forbids by then; a weekend later nobody remembers who asked for it. */
const CLOSING_HOLDS_HOURS = 24;
/** What opens something, lets it stay open or blocks more than a control asks for. */
const OTHERS_HOLD_HOURS = 1;

const HOUR_MILLIS = 60 * 60 * 1000;

/**
 * After how many hours a click is not carried out any more, where that time is over; undefined where it still holds.
 * Messages come late that were in the dead-letter queue and were sent on. A preview changes nothing and always holds.
 *
 * @param askedAt when somebody chose the action, ISO 8601; one without a time was written by hand, just now
 */
export function hoursOver(action: ConsoleAction, askedAt: string | undefined, now: Date): number | undefined {
  if (action === 'preview' || askedAt === undefined) return undefined;
  const hours = action === 'close' ? CLOSING_HOLDS_HOURS : OTHERS_HOLD_HOURS;
  return now.getTime() - Date.parse(askedAt) > hours * HOUR_MILLIS ? hours : undefined;
}
