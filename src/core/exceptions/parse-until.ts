import { failure, success, type Result } from '../result';

const DAY_MILLIS = 24 * 60 * 60 * 1000;

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/;

/**
 * When an exception is to end, ISO 8601, UTC. A day ends it at its beginning, so that nothing is open on it. The error
 * says what is wrong with it and what to write.
 *
 * @param text a day such as `2027-01-31`, or a moment such as `2027-01-31T18:00:00Z`
 * @param maximumDays how far ahead it may lie
 */
export function parseUntil(text: string, now: Date, maximumDays: number): Result<string, string> {
  const millis = DATE.test(text) || MOMENT.test(text) ? Date.parse(text) : NaN;
  const latest = now.getTime() + maximumDays * DAY_MILLIS;
  const example = new Date(now.getTime() + Math.min(maximumDays, 30) * DAY_MILLIS).toISOString().slice(0, 10);
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(millis) || !new Date(millis).toISOString().startsWith(text.slice(0, 10))) {
    return failure(`is no day or moment; write a day such as ${example}, or a moment such as ${example}T18:00:00Z`);
  }
  if (millis <= now.getTime()) return failure(`is over already; write a later one, such as ${example}`);
  if (millis > latest) {
    const most = new Date(latest).toISOString().slice(0, 16);
    return failure(
      `is more than ${String(maximumDays)} days ahead; write ${most}Z or an earlier one, or raise ` +
        'acceptRisk.maximumDays in portcullis.yaml',
    );
  }
  return success(new Date(millis).toISOString());
}
