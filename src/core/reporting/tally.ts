import { quantile } from './durations';
import type { ReportRow } from './report-row';
import { STATUSES, type Status } from './standing';

/** How many rows of a group stand where, and how fast the closed ones were closed. */
export interface Tally {
  /** What the group has in common: a control, an account, a Region, a severity. */
  readonly name: string;
  readonly total: number;
  readonly byStatus: Readonly<Record<Status, number>>;
  /** Of the open ones: a person has been asked what to do. */
  readonly waiting: number;
  /** Seconds from first seen to closed, of those that Portcullis closed; undefined when there are none. */
  readonly medianSecondsToClosed: number | undefined;
}

export function tally(name: string, rows: readonly ReportRow[]): Tally {
  const byStatus: Record<Status, number> = {
    open: 0,
    'resolved-still-failing': 0,
    failed: 0,
    'could-not-tell': 0,
    'in-progress': 0,
    closed: 0,
    suppressed: 0,
    'not-failing': 0,
  };
  for (const row of rows) byStatus[row.status] += 1;
  return {
    name,
    total: rows.length,
    byStatus,
    waiting: rows.filter(({ isWaiting }) => isWaiting === true).length,
    medianSecondsToClosed: quantile(secondsToClosed(rows), 0.5),
  };
}

/** One tally for each value of `nameOf`; most unsettled first, then by name. */
export function tallyBy(rows: readonly ReportRow[], nameOf: (row: ReportRow) => string): readonly Tally[] {
  const groups = new Map<string, ReportRow[]>();
  for (const row of rows) {
    const name = nameOf(row);
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return [...groups]
    .map(([name, group]) => tally(name, group))
    .sort((a, b) => unsettled(b) - unsettled(a) || a.name.localeCompare(b.name, 'en', { numeric: true }));
}

export function secondsToClosed(rows: readonly ReportRow[]): readonly number[] {
  return rows.flatMap((row) => row.secondsFromFirstSeenToClosed ?? []);
}

/** What still needs somebody. */
export function unsettled({ byStatus }: Tally): number {
  return STATUSES.slice(0, STATUSES.indexOf('closed')).reduce((sum, status) => sum + byStatus[status], 0);
}
