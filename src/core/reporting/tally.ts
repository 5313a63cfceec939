import { quantile } from './durations';
import type { ReportRow } from './report-row';
import { STATUSES, type Status } from './check-status';

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

/** Counts rows as they come. */
class TallyCounter {
  readonly #name: string;
  readonly #secondsToClosed: number[] = [];
  readonly #byStatus: Record<Status, number> = {
    open: 0,
    'resolved-still-failing': 0,
    failed: 0,
    'could-not-tell': 0,
    'in-progress': 0,
    closed: 0,
    suppressed: 0,
    'not-failing': 0,
  };
  #total = 0;
  #waiting = 0;

  constructor(name: string) {
    this.#name = name;
  }

  add({ status, isWaiting, secondsFromFirstSeenToClosed }: ReportRow): void {
    this.#total++;
    this.#byStatus[status]++;
    if (isWaiting === true) this.#waiting++;
    if (secondsFromFirstSeenToClosed !== undefined) this.#secondsToClosed.push(secondsFromFirstSeenToClosed);
  }

  tally(): Tally {
    return {
      name: this.#name,
      total: this.#total,
      byStatus: this.#byStatus,
      waiting: this.#waiting,
      medianSecondsToClosed: quantile(this.#secondsToClosed, 0.5),
    };
  }
}

export function tally(name: string, rows: readonly ReportRow[]): Tally {
  const counter = new TallyCounter(name);
  for (const row of rows) counter.add(row);
  return counter.tally();
}

/** One tally for each of the names of a row; most unsettled first, then by name. */
export function tallyBy(
  rows: readonly ReportRow[],
  namesOf: (row: ReportRow) => string | readonly string[],
): readonly Tally[] {
  const groups = new Map<string, TallyCounter>();
  const add = (name: string, row: ReportRow): void => {
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = new TallyCounter(name)));
    group.add(row);
  };
  for (const row of rows) {
    const names = namesOf(row);
    if (typeof names === 'string') add(names, row);
    else for (const name of names) add(name, row);
  }
  return [...groups.values()]
    .map((group) => group.tally())
    .sort((a, b) => unsettled(b) - unsettled(a) || a.name.localeCompare(b.name, 'en', { numeric: true }));
}

export function secondsToClosed(rows: readonly ReportRow[]): readonly number[] {
  return rows.flatMap((row) => row.secondsFromFirstSeenToClosed ?? []);
}

/** What still needs somebody. */
export function unsettled({ byStatus }: Tally): number {
  return STATUSES.slice(0, STATUSES.indexOf('closed')).reduce((sum, status) => sum + byStatus[status], 0);
}
