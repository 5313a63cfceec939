import type { Fact, OpenedBy } from '../context';
import type { AthenaTable } from './athena-table';

/** How much of flow logs may be searched, from `flowLogs` in `portcullis.yaml`. */
export interface FlowLogLimits {
  readonly days: number;
  readonly gigabytes: number;
  /** For flow logs in S3; missing, those are not searched. */
  readonly athena?: AthenaTable;
}

export const FLOW_LOG_LIMITS: FlowLogLimits = { days: 30, gigabytes: 10 };

/** The time that is searched, ISO 8601, UTC, to the second. */
export interface Window {
  readonly from: string;
  readonly to: string;
  /** It may have been open before that. */
  readonly isBounded?: true;
}

const DAY = 86_400_000;

/** From the first opening, where that is known, but no longer back than the limit. */
export function windowSince(openedBy: Fact<OpenedBy>, { days }: FlowLogLimits, now: Date): Window {
  const longest = now.getTime() - days * DAY;
  const opened = openedBy.known ? Date.parse(openedBy.value.firstAt ?? openedBy.value.at) : -Infinity;
  return {
    from: toSeconds(Math.max(longest, opened)),
    to: toSeconds(now.getTime()),
    ...(opened < longest && { isBounded: true as const }),
  };
}

/** A day without traffic is the least that says anything: a nightly job runs once in it. */
export function isTooShort({ from, to }: Window): boolean {
  return Date.parse(to) - Date.parse(from) < DAY;
}

function toSeconds(millis: number): string {
  return new Date(millis).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
