import { CONTROL_IDS } from '../controls/control-id';
import { STATUSES, type Status } from './check-status';
import { spreadOf, type Spread } from './durations';
import type { ReportRow, ReportRows } from './report-row';
import { resultOf, type CheckResult } from './result-of';

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
  /** Unresolved, and later than they were due. */
  readonly overdue: number;
  /** Unresolved, and closed once before. */
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

/** What is counted of a row. */
interface Counted {
  /** Its place in `STATUSES`. */
  readonly status: number;
  /** Its place in `CONTROL_IDS`. */
  readonly control: number;
  readonly result: CheckResult;
  readonly isWaiting: boolean;
  readonly isExcepted: boolean;
  readonly isOverdue: boolean;
  readonly isReopened: boolean;
  readonly isByItself: boolean;
  readonly sinceFirstSeen: number | undefined;
  readonly sinceDecision: number | undefined;
}

function toCounted(row: ReportRow): Counted {
  const { status, control, remediation } = row;
  return {
    status: STATUSES.indexOf(status),
    control: CONTROL_IDS.indexOf(control),
    result: resultOf(status),
    isWaiting: row.isWaiting === true,
    isExcepted: isExcepted(row),
    isOverdue: row.isOverdue,
    isReopened: row.reopenedAt !== undefined,
    isByItself: status === 'closed' && remediation?.isByItself === true,
    sinceFirstSeen: row.secondsFromFirstSeenToClosed,
    sinceDecision: row.secondsFromDecisionToClosed,
  };
}

const PASSES = 1;
const FAILS = 2;

/** Counts rows as they come. */
class TallyCounter {
  readonly #name: string;
  readonly #sinceFirstSeen: number[] = [];
  readonly #sinceDecision: number[] = [];
  /** In the order of `STATUSES`. */
  readonly #byStatus = new Float64Array(STATUSES.length);
  /** In the order of `CONTROL_IDS`: whether any of its checks passes, and whether any that counts does not. */
  readonly #controls = new Uint8Array(CONTROL_IDS.length);
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

  add(counted: Counted): void {
    const { status, control, result, sinceFirstSeen, sinceDecision } = counted;
    this.#byStatus[status] = (this.#byStatus[status] ?? 0) + 1;
    if (counted.isWaiting) this.#waiting++;
    if (counted.isExcepted) this.#excepted++;
    if (counted.isOverdue) this.#overdue++;
    if (counted.isReopened) this.#reopened++;
    if (counted.isByItself) this.#closedByItself++;
    if (sinceFirstSeen !== undefined) this.#sinceFirstSeen.push(sinceFirstSeen);
    if (sinceDecision !== undefined) this.#sinceDecision.push(sinceDecision);
    if (result === 'left-out') return;
    const passes = result === 'pass';
    this.#counted++;
    if (passes) this.#passing++;
    this.#controls[control] = (this.#controls[control] ?? 0) | (passes ? PASSES : FAILS);
  }

  tally(): Tally {
    const controls = this.#controls.filter((seen) => seen !== 0);
    const byStatus = STATUSES.map((status, index) => [status, this.#byStatus[index] ?? 0] as const);
    return {
      name: this.#name,
      total: byStatus.reduce((sum, [, count]) => sum + count, 0),
      byStatus: Object.fromEntries(byStatus) as Record<Status, number>,
      waiting: this.#waiting,
      excepted: this.#excepted,
      overdue: this.#overdue,
      reopened: this.#reopened,
      closedByItself: this.#closedByItself,
      passing: this.#passing,
      counted: this.#counted,
      score: percentOf(controls.filter((seen) => seen === PASSES).length, controls.length),
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

/** Of a report without rows. */
export const NO_ROWS: Tally = new TallyCounter('all').tally();

type NamesOf = (row: ReportRow) => string | readonly string[];

/**
 * For each way to divide the rows, by the names of a row, one tally for each name; most unresolved first, then by name.
 * All ways are counted at once: there are many rows.
 */
export function tallyBy<Way extends string>(
  rows: ReportRows,
  ways: Readonly<Record<Way, NamesOf>>,
): Readonly<Record<Way, readonly Tally[]>> {
  const names = Object.keys(ways) as Way[];
  const groups = names.map((way) => ({ namesOf: ways[way], counters: new Counters() }));
  for (const row of rows) {
    const counted = toCounted(row);
    for (const { namesOf, counters } of groups) counters.add(namesOf(row), counted);
  }
  const tallies = groups.map(({ counters }, i) => [names[i], counters.tallies()] as const);
  return Object.fromEntries(tallies) as Record<Way, readonly Tally[]>;
}

class Counters {
  readonly #byName = new Map<string, TallyCounter>();
  /** Many rows share one list of standards or requirements. */
  readonly #byList = new WeakMap<readonly string[], readonly TallyCounter[]>();

  add(names: string | readonly string[], counted: Counted): void {
    if (typeof names === 'string') {
      this.#of(names).add(counted);
      return;
    }
    let counters = this.#byList.get(names);
    if (counters === undefined) this.#byList.set(names, (counters = names.map((name) => this.#of(name))));
    for (const counter of counters) counter.add(counted);
  }

  tallies(): readonly Tally[] {
    return [...this.#byName.values()]
      .map((counter) => counter.tally())
      .sort((a, b) => unresolved(b) - unresolved(a) || a.name.localeCompare(b.name, 'en', { numeric: true }));
  }

  #of(name: string): TallyCounter {
    let counter = this.#byName.get(name);
    if (counter === undefined) this.#byName.set(name, (counter = new TallyCounter(name)));
    return counter;
  }
}

/** What still needs somebody. */
export function unresolved({ byStatus }: Tally): number {
  return STATUSES.slice(0, STATUSES.indexOf('closed')).reduce((sum, status) => sum + byStatus[status], 0);
}
