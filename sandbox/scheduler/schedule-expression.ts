import { AwsError } from '../runtime/aws-error';

export type ScheduleExpression =
  { readonly kind: 'at'; readonly atMillis: number } | { readonly kind: 'rate'; readonly everyMillis: number };

const AT = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/;
const RATE = /^rate\((\d+) (minute|hour|day)s?\)$/;

const MILLIS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/**
 * `at(2026-12-01T09:30:00)`, in UTC, and `rate(1 day)`.
 *
 * @throws AwsError ValidationException, also for cron expressions and other time zones, which are not in the sandbox
 */
export function parseScheduleExpression(text: string, timezone = 'UTC'): ScheduleExpression {
  if (timezone !== 'UTC') throw invalid(`ScheduleExpressionTimezone ${timezone} is not in the sandbox; UTC is`);
  if (text.startsWith('cron('))
    throw invalid(`${text}: cron expressions are not in the sandbox; at(…) and rate(…) are`);
  const [, at] = AT.exec(text) ?? [];
  if (at !== undefined) {
    const atMillis = Date.parse(`${at}Z`);
    if (!Number.isNaN(atMillis)) return { kind: 'at', atMillis };
  }
  const [, count, unit] = RATE.exec(text) ?? [];
  if (Number(count) > 0 && (unit === 'minute' || unit === 'hour' || unit === 'day')) {
    return { kind: 'rate', everyMillis: Number(count) * MILLIS[unit] };
  }
  throw invalid(`Invalid Schedule Expression ${text}.`);
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message, 400);
}
