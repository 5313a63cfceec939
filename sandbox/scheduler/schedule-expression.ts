import { AwsError } from '../runtime/aws-error';
import { parseCron } from './cron-expression';

export type ScheduleExpression =
  | { readonly kind: 'at'; readonly atMillis: number }
  /** Again and again: when it is due after a moment, and undefined once it never is. */
  | { readonly kind: 'again'; readonly next: (afterMillis: number) => number | undefined };

const AT = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/;
const RATE = /^rate\((\d+) (minute|hour|day)s?\)$/;

const MILLIS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/**
 * `at(2026-12-01T09:30:00)`, `rate(1 day)` and `cron(0 7 * * ? *)`, in UTC.
 *
 * @throws AwsError ValidationException, also for other time zones, which are not in the sandbox
 */
export function parseScheduleExpression(text: string, timezone = 'UTC'): ScheduleExpression {
  if (timezone !== 'UTC') throw invalid(`ScheduleExpressionTimezone ${timezone} is not in the sandbox; UTC is`);
  const [, at] = AT.exec(text) ?? [];
  if (at !== undefined) {
    const atMillis = Date.parse(`${at}Z`);
    if (!Number.isNaN(atMillis)) return { kind: 'at', atMillis };
  }
  const [, count, unit] = RATE.exec(text) ?? [];
  if (Number(count) > 0 && (unit === 'minute' || unit === 'hour' || unit === 'day')) {
    const everyMillis = Number(count) * MILLIS[unit];
    return { kind: 'again', next: (afterMillis) => afterMillis + everyMillis };
  }
  const cron = parseCron(text);
  if (cron !== undefined) return { kind: 'again', next: cron.next };
  throw invalid(`Invalid Schedule Expression ${text}.`);
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message, 400);
}
