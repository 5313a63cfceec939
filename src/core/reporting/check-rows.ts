import { CONTROL_IDS } from '../controls/control-id';
import { CheckRow, type RowTerms } from './check-row';
import { STATUSES } from './check-status';
import type { Checks } from './checks';
import type { ReportRow, ReportRows } from './report-row';
import { severityRank } from './severity';

/** Rows of checks, each made when it is asked for: what is held of one is the number of its check. */
class CheckRows implements ReportRows {
  readonly #checks: Checks;
  readonly #terms: RowTerms;
  /** Of checks. */
  readonly #numbers: Uint32Array;

  constructor(checks: Checks, terms: RowTerms, numbers: Uint32Array) {
    this.#checks = checks;
    this.#terms = terms;
    this.#numbers = numbers;
  }

  get length(): number {
    return this.#numbers.length;
  }

  *[Symbol.iterator](): Generator<ReportRow> {
    for (const number of this.#numbers) yield new CheckRow(this.#checks, number, this.#terms);
  }

  slice(from: number, to: number): ReportRows {
    return new CheckRows(this.#checks, this.#terms, this.#numbers.subarray(from, to));
  }

  filter(isWanted: (row: ReportRow) => boolean): ReportRows {
    const wanted = this.#numbers.filter((number) => isWanted(new CheckRow(this.#checks, number, this.#terms)));
    return new CheckRows(this.#checks, this.#terms, wanted);
  }
}

/**
 * What is overdue first, the longest overdue before the others; then the most urgent, the gravest of them before the
 * others; then by control and resource, so that two reports can be compared. No check may be added from then on.
 */
export function toReportRows(checks: Checks, terms: RowTerms): ReportRows {
  const lates = new Float64Array(checks.length);
  const ranks = new Uint32Array(checks.length);
  const numbers = new Uint32Array(checks.length);
  for (let number = 0; number < checks.length; number++) {
    const row = new CheckRow(checks, number, terms);
    lates[number] = lateness(row);
    ranks[number] = rankOf(row);
    numbers[number] = number;
  }
  const byTarget = checks.comparer();
  numbers.sort((a, b) => (lates[a] ?? 0) - (lates[b] ?? 0) || (ranks[a] ?? 0) - (ranks[b] ?? 0) || byTarget(a, b));
  return new CheckRows(checks, terms, numbers);
}

/** What is not overdue is after all that is. */
const NOT_LATE = Number.MAX_SAFE_INTEGER;

/** The longer it is overdue, the less. */
function lateness({ isOverdue, dueMillis = NOT_LATE }: ReportRow): number {
  return isOverdue ? dueMillis : NOT_LATE;
}

/** One number for what comes before the target: of 100,000 rows each is compared some 17 times. */
function rankOf({ status, severity, control }: ReportRow): number {
  return (STATUSES.indexOf(status) * 100 + severityRank(severity)) * 100 + CONTROL_IDS.indexOf(control);
}
