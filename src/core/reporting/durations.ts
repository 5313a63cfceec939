import { renderCount } from './render-count';

/** Undefined when either time is missing or unreadable, or when they run backwards (clocks of two services). */
export function secondsBetween(from: string | undefined, until: string | undefined): number | undefined {
  if (from === undefined || until === undefined) return undefined;
  const seconds = (Date.parse(until) - Date.parse(from)) / 1000;
  return Number.isNaN(seconds) || seconds < 0 ? undefined : seconds;
}

/** Milliseconds since 1970, 0 where it is missing or unreadable: before everything that is known. */
export function timeOf(time: string | undefined): number {
  const millis = Date.parse(time ?? '');
  return Number.isNaN(millis) ? 0 : millis;
}

const UNITS = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3_600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
] as const;

/** Two units at most: `42 s`, `3 min 5 s`, `12 d 4 h`. */
export function renderDuration(totalSeconds: number): string {
  const whole = Math.round(totalSeconds);
  const first = UNITS.findIndex((unit) => whole >= unit.seconds);
  if (first === -1) return '0 s';
  let rest = whole;
  const parts: string[] = [];
  for (const unit of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / unit.seconds);
    rest -= count * unit.seconds;
    if (count > 0) parts.push(`${renderCount(count)} ${unit.name}`);
  }
  return parts.join(' ');
}

/**
 * Linear interpolation between the two nearest values, to three decimals: times are in milliseconds, and more would
 * only be what binary fractions leave. Undefined without values. `share` 0.5 is the median.
 */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const low = sorted[Math.floor(position)];
  const high = sorted[Math.ceil(position)];
  if (low === undefined || high === undefined) return undefined;
  return Math.round((low + (high - low) * (position - Math.floor(position))) * 1000) / 1000;
}

export interface Spread {
  readonly median: number | undefined;
  readonly p90: number | undefined;
}

/** Median and ninetieth percentile of durations in seconds; undefined without any. */
export function spreadOf(seconds: readonly number[]): Spread {
  return { median: quantile(seconds, 0.5), p90: quantile(seconds, 0.9) };
}
