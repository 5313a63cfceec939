const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
/** 1 is Sunday, as in Quartz. */
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const DAY_MILLIS = 86_400_000;
/** A 29 February comes within so many days. */
const MAX_DAYS_AHEAD = 9 * 366;

export interface Cron {
  /** The first moment after that one, in milliseconds, UTC; undefined where none comes. */
  readonly next: (afterMillis: number) => number | undefined;
}

/**
 * `cron(0 7 ? * MON-FRI *)`: minutes, hours, day of month, month, day of week, year, in UTC. Lists, ranges, steps and
 * names; no `L`, `W` or `#`. Undefined for what is not one.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function parseCron(text: string): Cron | undefined {
  const fields = /^cron\((.*)\)$/.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = ''] = fields;
  // One of the two says nothing.
  if (fields.length !== 6 || (day === '?') === (weekday === '?')) return undefined;
  const [minutes, hours, days, months, weekdays, years] = [
    valuesOf(minute, 0, 59),
    valuesOf(hour, 0, 23),
    valuesOf(day.replace('?', '*'), 1, 31),
    valuesOf(month, 1, 12, MONTHS),
    valuesOf(weekday.replace('?', '*'), 1, 7, WEEKDAYS),
    valuesOf(year, 1970, 2199),
  ];
  if (!minutes || !hours || !days || !months || !weekdays || !years) return undefined;
  return {
    next(afterMillis) {
      const firstDay = Math.floor(afterMillis / DAY_MILLIS) * DAY_MILLIS;
      for (let ahead = 0; ahead <= MAX_DAYS_AHEAD; ahead += 1) {
        const midnight = firstDay + ahead * DAY_MILLIS;
        const date = new Date(midnight);
        const isMeant =
          years.includes(date.getUTCFullYear()) &&
          months.includes(date.getUTCMonth() + 1) &&
          days.includes(date.getUTCDate()) &&
          weekdays.includes(date.getUTCDay() + 1);
        if (!isMeant) continue;
        for (const each of hours) {
          const found = minutes
            .map((of) => midnight + (each * 60 + of) * 60_000)
            .find((millis) => millis > afterMillis);
          if (found !== undefined) return found;
        }
      }
      return undefined;
    },
  };
}

/** All values of a field, ascending; undefined for what is no field. */
function valuesOf(
  field: string,
  least: number,
  most: number,
  names: readonly string[] = [],
): readonly number[] | undefined {
  const numberOf = (text: string) => {
    const named = names.indexOf(text.toUpperCase());
    return named >= 0 ? named + least : /^\d+$/.test(text) ? Number(text) : NaN;
  };
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step = '1', ...rest] = part.split('/');
    const [from = '', to] = range.split('-');
    const first = range === '*' ? least : numberOf(from);
    const last = range === '*' || (to === undefined && part.includes('/')) ? most : numberOf(to ?? from);
    const every = Number(step);
    const isField = rest.length === 0 && first >= least && last <= most && first <= last && every >= 1;
    if (!isField) return undefined;
    for (let value = first; value <= last; value += every) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}
