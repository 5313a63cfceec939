import { spreadOf, type Spread } from './durations';
import type { ReportedRemediation } from './reported-remediation';
import { isUnresolved, type ReportRow, type ReportRows } from './report-row';

/** What happened to checks in one week. */
export interface TrendWeek {
  /** Its Monday: `2026-11-16`, UTC. */
  readonly week: string;
  /** First seen in it, of those that failed as far as is known: one that passes today may never have failed. */
  readonly opened: number;
  /** Closed by Portcullis. */
  readonly closed: number;
  /** Closed once, and open again: undone, or found open. */
  readonly reopened: number;
  /** Of what is known to have been open at its end; what others put right is not known to have been. */
  readonly openAtEnd: number;
  /** Of those that were closed in it for the first time. */
  readonly secondsFromFirstSeenToClosed: Spread;
  /** Of all that were closed in it. */
  readonly secondsFromDecisionToClosed: Spread;
}

/** Half a year: older weeks say nothing about where things go. */
const WEEKS = 26;

const DAY_MILLIS = 24 * 60 * 60 * 1000;
const WEEK_MILLIS = 7 * DAY_MILLIS;
/** 5 January 1970 was a Monday. */
const FIRST_MONDAY_MILLIS = 4 * DAY_MILLIS;

/**
 * By week, the oldest first, to the one in which the report was made; empty where nothing is known to have happened.
 */
export function toTrend(rows: ReportRows, generatedAt: string): readonly TrendWeek[] {
  const weeks = new Map<number, WeekCounter>();
  const weekOf = (millis: number): WeekCounter => {
    const monday = mondayOf(millis);
    let week = weeks.get(monday);
    if (week === undefined) weeks.set(monday, (week = new WeekCounter()));
    return week;
  };
  const now = Date.parse(generatedAt);
  for (const row of rows) addRow(row, now, weekOf);
  const last = mondayOf(now);
  const first = [...weeks.keys()].reduce((least, monday) => Math.min(least, monday), last + WEEK_MILLIS);
  const from = Math.max(first, last - (WEEKS - 1) * WEEK_MILLIS);
  let open = [...weeks].reduce((sum, [monday, { change }]) => (monday < from ? sum + change : sum), 0);
  const trend: TrendWeek[] = [];
  for (let monday = from; monday <= last; monday += WEEK_MILLIS) {
    const week = weeks.get(monday) ?? new WeekCounter();
    open += week.change;
    trend.push(week.toTrendWeek(new Date(monday).toISOString().slice(0, 10), open));
  }
  return trend;
}

class WeekCounter {
  opened = 0;
  closed = 0;
  reopened = 0;
  /** By how many more are open at its end than at its beginning. */
  change = 0;
  readonly #firstSeenToClosed: number[] = [];
  readonly #decisionToClosed: number[] = [];

  close(sinceFirstSeen: number | undefined, sinceDecision: number): void {
    this.closed++;
    if (sinceFirstSeen !== undefined && sinceFirstSeen >= 0) this.#firstSeenToClosed.push(sinceFirstSeen / 1000);
    if (sinceDecision >= 0) this.#decisionToClosed.push(sinceDecision / 1000);
  }

  toTrendWeek(week: string, openAtEnd: number): TrendWeek {
    const { opened, closed, reopened } = this;
    return {
      week,
      opened,
      closed,
      reopened,
      openAtEnd,
      secondsFromFirstSeenToClosed: spreadOf(this.#firstSeenToClosed),
      secondsFromDecisionToClosed: spreadOf(this.#decisionToClosed),
    };
  }
}

/**
 * What a row went through, in order: first seen, then each closing and undo that changed something, then found open
 * again.
 */
function addRow(row: ReportRow, now: number, weekOf: (millis: number) => WeekCounter): void {
  const seen = row.firstSeenMillis;
  const { history } = row;
  const events = history.length === 0 ? NO_EVENTS : history.toReversed().flatMap((one) => toEvent(one, now));
  const failed = events.length > 0 || (row.status !== 'not-failing' && row.status !== 'suppressed');
  if (!failed) return;
  let isOpen = false;
  let isFirst = true;
  if (!Number.isNaN(seen) && seen <= now) {
    const week = weekOf(seen);
    week.opened++;
    // What is suppressed is not open, and since when is not known; nor when somebody else put something right.
    if (events.length > 0 || isUnresolved(row)) {
      week.change++;
      isOpen = true;
    }
  }
  for (const event of events) {
    const week = weekOf(event.at);
    if (event.kind === 'closed') {
      week.close(isFirst && !Number.isNaN(seen) ? event.at - seen : undefined, event.at - event.decided);
      isFirst = false;
      if (isOpen) week.change--;
      isOpen = false;
    } else {
      week.reopened++;
      if (!isOpen) week.change++;
      isOpen = true;
    }
  }
  if (!isUnresolved(row)) {
    // Somebody else resolved it, nobody knows when.
    if (isOpen) weekOf(now).change--;
    return;
  }
  const again = row.reopenedAt === undefined ? Number.NaN : Date.parse(row.reopenedAt);
  if (isOpen || Number.isNaN(again) || again > now) return;
  const week = weekOf(again);
  week.reopened++;
  week.change++;
}

interface TrendEvent {
  readonly at: number;
  readonly kind: 'closed' | 'reopened';
  readonly decided: number;
}

const NO_EVENTS: readonly TrendEvent[] = [];

function toEvent({ outcome, isUndo, startedAt, finishedAt }: ReportedRemediation, now: number): readonly TrendEvent[] {
  const changed = isUndo ? outcome === 'undone' || outcome === 'partly-undone' : outcome === 'closed';
  const at = Date.parse(finishedAt ?? '');
  if (!changed || Number.isNaN(at) || at > now) return [];
  return [{ at, kind: isUndo ? 'reopened' : 'closed', decided: Date.parse(startedAt) }];
}

function mondayOf(millis: number): number {
  return FIRST_MONDAY_MILLIS + Math.floor((millis - FIRST_MONDAY_MILLIS) / WEEK_MILLIS) * WEEK_MILLIS;
}
