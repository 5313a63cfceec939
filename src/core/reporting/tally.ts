import type { ControlId } from '../controls/control-id';
import { STATUSES, type Status } from './check-status';
import { spreadOf, type Spread } from './durations';
import type { ReportRow } from './report-row';
import { resultOf } from './result-of';

/** How many rows of a group stand where, and how fast the closed ones were closed. */
export interface Tally {
  /** What the group has in common: a control, an account, a Region, a severity. */
  readonly name: string;
  readonly total: number;
  readonly byStatus: Readonly<Record<Status, number>>;
  /** Of the open ones: a person has been asked what to do. */
  readonly waiting: number;
  /** Of the suppressed ones: by an exception of Portcullis. */
  readonly excepted: number;
  /** Not settled, and later than they were due. */
  readonly overdue: number;
  /** Not settled, and closed once before. */
  readonly reopened: number;
  /** Of the closed ones: nobody chose it, the policy did. */
  readonly closedByItself: number;
  /** Checks that pass, of those that count: suppressed ones do not. */
  readonly passing: number;
  readonly counted: number;
  /**
   * Percent of controls of which every check passes, suppressed ones left out; undefined where nothing counts.
   * https://docs.aws.amazon.com/securityhub/latest/userguide/standards-security-score.html
   */
  readonly score: number | undefined;
  /** Seconds, of those that Portcullis closed. */
  readonly secondsFromFirstSeenToClosed: Spread;
  readonly secondsFromDecisionToClosed: Spread;
}

/** Counts rows as they come. */
class TallyCounter {
  readonly #name: string;
  readonly #sinceFirstSeen: number[] = [];
  readonly #sinceDecision: number[] = [];
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
  /** Controls that count, and whether all of each passes. */
  readonly #controls = new Map<ControlId, boolean>();
  #waiting = 0;
  #excepted = 0;
  #overdue = 0;
  #reopened = 0;
  #closedByItself = 0;
  #passing = 0;
  #counted = 0;

  constructor(name: string) {
    this.#name = name;
  }

  add(row: ReportRow): void {
    const { status, secondsFromFirstSeenToClosed: sinceFirstSeen, secondsFromDecisionToClosed: sinceDecision } = row;
    this.#byStatus[status]++;
    if (row.isWaiting === true) this.#waiting++;
    if (isExcepted(row)) this.#excepted++;
    if (row.isOverdue) this.#overdue++;
    if (row.reopenedAt !== undefined) this.#reopened++;
    if (status === 'closed' && row.remediation?.isByItself === true) this.#closedByItself++;
    if (sinceFirstSeen !== undefined) this.#sinceFirstSeen.push(sinceFirstSeen);
    if (sinceDecision !== undefined) this.#sinceDecision.push(sinceDecision);
    const result = resultOf(status);
    if (result === 'left-out') return;
    const passes = result === 'pass';
    this.#counted++;
    if (passes) this.#passing++;
    this.#controls.set(row.control, passes && this.#controls.get(row.control) !== false);
  }

  tally(): Tally {
    const controls = [...this.#controls.values()];
    return {
      name: this.#name,
      total: STATUSES.reduce((sum, status) => sum + this.#byStatus[status], 0),
      byStatus: this.#byStatus,
      waiting: this.#waiting,
      excepted: this.#excepted,
      overdue: this.#overdue,
      reopened: this.#reopened,
      closedByItself: this.#closedByItself,
      passing: this.#passing,
      counted: this.#counted,
      score: percentOf(controls.filter((passes) => passes).length, controls.length),
      secondsFromFirstSeenToClosed: spreadOf(this.#sinceFirstSeen),
      secondsFromDecisionToClosed: spreadOf(this.#sinceDecision),
    };
  }
}

/** Whether an exception is why it is suppressed. */
export function isExcepted({ status, exception, remediation }: ReportRow): boolean {
  return status === 'suppressed' && (exception !== undefined || remediation?.outcome === 'excepted');
}

/** Rounded as Security Hub rounds; undefined of nothing. */
export function percentOf(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : Math.round((100 * part) / whole);
}

/** Counts rows by how they stand, under one name. */
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

/** From first seen to closed, of every row that is closed, in seconds. */
export function secondsToClosed(rows: readonly ReportRow[]): readonly number[] {
  return rows.flatMap((row) => row.secondsFromFirstSeenToClosed ?? []);
}

/** What still needs somebody. */
export function unsettled({ byStatus }: Tally): number {
  return STATUSES.slice(0, STATUSES.indexOf('closed')).reduce((sum, status) => sum + byStatus[status], 0);
}
