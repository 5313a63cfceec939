import { controlOf } from '../controls/control-registry';
import { CONTROL_IDS, type ControlId } from '../controls/control-id';
import type { Target } from '../target';
import type { Check } from './check';
import type { PolicyMode } from '../policy/policy-entry';
import { dueMillisOf, type DueDays } from './due';
import { secondsBetween, timeOf } from './durations';
import type { KnownRemediation } from './known-remediation';
import type { ReportedFinding } from './reported-finding';
import type { LiveExceptions, StatedException } from './reported-exception';
import type { ReportedRemediation } from './reported-remediation';
import { severityRank } from './severity';
import { storyOf, type Story } from './story-of';
import { checkStatusOf, STATUSES, type CheckStatus } from './check-status';

/** One control on one resource: what the latest finding and the latest remediation say about it. */
export interface ReportRow extends CheckStatus {
  readonly isWaiting: true | undefined;
  readonly reopenedAt: string | undefined;
  readonly control: ControlId;
  readonly controlTitle: string;
  readonly target: Target;
  readonly resourceName: string | undefined;
  /** `UNKNOWN` where only the ledger remembers it: Security Hub forgets findings after 90 days. */
  readonly severity: string;
  readonly firstSeenAt: string | undefined;
  /** Only while it is not settled: what could not be told is taken for open. */
  readonly openSince: string | undefined;
  readonly closedAt: string | undefined;
  /** Only where Portcullis closed it: when somebody else did is not known. */
  readonly secondsFromFirstSeenToClosed: number | undefined;
  readonly secondsFromDecisionToClosed: number | undefined;
  readonly finding: ReportedFinding | undefined;
  readonly remediation: KnownRemediation | undefined;
  /** Of all its findings: without consolidated findings each standard has its own. */
  readonly standards: readonly string[];
  readonly requirements: readonly string[];
  /** All that this row stands for. */
  readonly findingCount: number;
  readonly closingCount: number;
  readonly undoCount: number;
  /** Every closing and undo of the ledger, the latest first. */
  readonly history: readonly ReportedRemediation[];
  /** In force now, or the reason for what is suppressed; what is beyond it may be open all the same. */
  readonly exception: StatedException | undefined;
  /** Of what is not settled, ISO 8601, UTC. */
  readonly dueAt: string | undefined;
  /** The same, milliseconds since 1970. */
  readonly dueMillis: number | undefined;
  readonly isOverdue: boolean;
  /** What the policy would do about its finding, where a policy was given, and the row is not settled. */
  readonly policy: PolicyMode | undefined;
}

/** What rows go by beside findings and remediations. */
export interface RowTerms {
  /** When the report was made, milliseconds since 1970. */
  readonly generatedMillis: number;
  readonly due: DueDays;
  readonly exceptions: LiveExceptions;
}

/**
 * What is overdue first, the longest overdue before the others; then the most urgent, the gravest of them before the
 * others; then by control and resource, so that two reports can be compared.
 */
export function toReportRows(checks: Iterable<Check>, terms: RowTerms): readonly ReportRow[] {
  const ranked: { readonly late: number; readonly rank: number; readonly row: ReportRow }[] = [];
  for (const check of checks) {
    const row = toRow(check, terms);
    ranked.push({ late: lateness(row), rank: rankOf(row), row });
  }
  return ranked
    .sort((a, b) => a.late - b.late || a.rank - b.rank || byTarget(a.row.target, b.row.target))
    .map(({ row }) => row);
}

interface Told {
  readonly finding: ReportedFinding | undefined;
  readonly standing: CheckStatus;
  readonly story: Story;
}

/** Holds little and tells the rest when it is asked: there are hundreds of thousands. */
class StoredRow implements ReportRow {
  readonly control: ControlId;
  readonly target: Target;
  readonly status: CheckStatus['status'];
  readonly reason: string;
  readonly isWaiting: true | undefined;
  readonly reopenedAt: string | undefined;
  readonly finding: ReportedFinding | undefined;
  readonly isOverdue: boolean;
  /** More than the one that tells. */
  readonly #findings: readonly ReportedFinding[];
  readonly #story: Story;
  readonly #due: DueDays;

  constructor(check: Check, told: Told, terms: RowTerms) {
    const { finding, standing, story } = told;
    this.control = check.control;
    this.target = check.target;
    this.status = standing.status;
    this.reason = standing.reason;
    this.isWaiting = standing.isWaiting;
    this.reopenedAt = standing.reopenedAt;
    this.finding = finding;
    this.#findings = check.findings;
    this.#story = story;
    this.#due = terms.due;
    const due = this.dueMillis;
    this.isOverdue = due !== undefined && due < terms.generatedMillis;
  }

  get controlTitle(): string {
    return controlOf(this.control).title;
  }

  get resourceName(): string | undefined {
    return this.finding?.resourceName ?? this.#story.resourceName;
  }

  get severity(): string {
    return this.finding?.severity ?? 'UNKNOWN';
  }

  get firstSeenAt(): string | undefined {
    const { finding } = this;
    const { firstSeenAt, foundClosedAt } = this.#story;
    // A finding that came after the closing saw the same opening, later.
    return foundClosedAt === undefined
      ? (finding?.firstObservedAt ?? firstSeenAt)
      : earlierOf(firstSeenAt, finding?.firstObservedAt);
  }

  get openSince(): string | undefined {
    return isUnsettled(this) ? (this.reopenedAt ?? this.firstSeenAt) : undefined;
  }

  get closedAt(): string | undefined {
    return this.status === 'closed' ? this.remediation?.finishedAt : undefined;
  }

  get secondsFromFirstSeenToClosed(): number | undefined {
    return this.#isClosedByUs() ? secondsBetween(this.firstSeenAt, this.closedAt) : undefined;
  }

  get secondsFromDecisionToClosed(): number | undefined {
    return this.#isClosedByUs() ? secondsBetween(this.remediation?.startedAt, this.closedAt) : undefined;
  }

  get remediation(): KnownRemediation | undefined {
    return this.#story.remediation;
  }

  get standards(): readonly string[] {
    return unionOf(this.#findings, ({ standards }) => standards);
  }

  get requirements(): readonly string[] {
    return unionOf(this.#findings, ({ requirements }) => requirements);
  }

  get findingCount(): number {
    return this.#findings.length;
  }

  get closingCount(): number {
    return this.#story.closingCount;
  }

  get undoCount(): number {
    return this.#story.undoCount;
  }

  get history(): readonly ReportedRemediation[] {
    return this.#story.history;
  }

  get exception(): StatedException | undefined {
    return this.#story.exception;
  }

  get dueMillis(): number | undefined {
    return dueMillisOf(this.openSince, this.severity, this.#due);
  }

  get dueAt(): string | undefined {
    const due = this.dueMillis;
    return due === undefined ? undefined : new Date(due).toISOString();
  }

  get policy(): PolicyMode | undefined {
    return isUnsettled(this) ? this.finding?.policy : undefined;
  }

  #isClosedByUs(): boolean {
    return this.status === 'closed' && this.remediation?.outcome === 'closed';
  }
}

function toRow(check: Check, terms: RowTerms): ReportRow {
  const { findings } = check;
  const finding = findings.length > 1 ? findings.toSorted(byRelevance)[0] : findings[0];
  const story = storyOf(check, finding, terms);
  const { remediation, foundClosedAt: finishedAt } = story;
  // It was closed as of the latest time that somebody read it.
  const read = remediation === undefined || finishedAt === undefined ? remediation : { ...remediation, finishedAt };
  return new StoredRow(check, { finding, story, standing: checkStatusOf(finding, read) }, terms);
}

function earlierOf(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return timeOf(other) < timeOf(one) ? other : one;
}

function unionOf(
  findings: readonly ReportedFinding[],
  listOf: (finding: ReportedFinding) => readonly string[],
): readonly string[] {
  const [first] = findings;
  if (first === undefined) return NOTHING;
  // Lists of many findings are one list.
  return findings.length === 1 ? listOf(first) : [...new Set(findings.flatMap(listOf))];
}

const NOTHING: readonly string[] = [];

/**
 * How long an unsettled one has been open then; undefined for settled ones and where nobody knows since when.
 *
 * @param millis since 1970
 */
export function secondsOpen({ openSince }: ReportRow, millis: number): number | undefined {
  if (openSince === undefined) return undefined;
  const seconds = (millis - Date.parse(openSince)) / 1000;
  return seconds >= 0 ? seconds : undefined;
}

/** Without consolidated findings each standard has its own: an active one says more than an archived one. */
function byRelevance(a: ReportedFinding, b: ReportedFinding): number {
  if (a.recordState !== b.recordState) return a.recordState === 'ACTIVE' ? -1 : 1;
  return timeOf(b.updatedAt) - timeOf(a.updatedAt);
}

/** What still needs somebody. */
export function isUnsettled({ status }: Pick<CheckStatus, 'status'>): boolean {
  return status !== 'closed' && status !== 'suppressed' && status !== 'not-failing';
}

/** What is not overdue is after all that is. */
const NOT_LATE = Number.MAX_SAFE_INTEGER;

/** The longer it is overdue, the less. */
function lateness({ isOverdue, dueMillis = NOT_LATE }: ReportRow): number {
  return isOverdue ? dueMillis : NOT_LATE;
}

/** One number for what comes before target: of 100,000 rows each is compared some 17 times. */
function rankOf({ status, severity, control }: ReportRow): number {
  return (STATUSES.indexOf(status) * 100 + severityRank(severity)) * 100 + CONTROL_IDS.indexOf(control);
}

function byTarget(a: Target, b: Target): number {
  return compare(a.account, b.account) || compare(a.region, b.region) || compare(a.kind, b.kind) || compare(a.id, b.id);
}

/** By code, which is the order of digits and letters in ids, and many times faster than that of a language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
