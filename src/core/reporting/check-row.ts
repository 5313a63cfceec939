import { controlOf } from '../controls/control-registry';
import type { ControlId } from '../controls/control-id';
import type { Target } from '../target';
import type { PolicyMode } from '../policy/policy-entry';
import type { Checks } from './checks';
import { checkStatusOf, type CheckStatus } from './check-status';
import type { ColumnFinding } from './columns/finding-view';
import type { UtcTimes } from './columns/utc-times';
import { dueMillisOf, type DueDays } from './due';
import { secondsBetween, timeOf } from './durations';
import type { KnownRemediation } from './known-remediation';
import { isUnresolved, type ReportRow } from './report-row';
import type { LiveExceptions, StatedException } from './reported-exception';
import type { ReportedRemediation } from './reported-remediation';
import { storyOf, type Story } from './story-of';

/** What rows go by beside findings and remediations. */
export interface RowTerms {
  /** When the report was made, milliseconds since 1970. */
  readonly generatedMillis: number;
  readonly due: DueDays;
  readonly exceptions: LiveExceptions;
  readonly times: UtcTimes;
}

/** Holds little and computes the rest when it is asked: there are hundreds of thousands. */
export class CheckRow implements ReportRow {
  readonly control: ControlId;
  readonly status: CheckStatus['status'];
  readonly reason: string;
  readonly isWaiting: true | undefined;
  readonly reopenedAt: string | undefined;
  readonly finding: ColumnFinding | undefined;
  /** More than the one that decides. */
  readonly #findings: readonly ColumnFinding[];
  readonly #story: Story;
  readonly #checks: Checks;
  readonly #check: number;
  readonly #terms: RowTerms;
  #target: Target | undefined;

  constructor(checks: Checks, check: number, terms: RowTerms) {
    this.#checks = checks;
    this.#check = check;
    this.#terms = terms;
    this.control = checks.controlAt(check);
    const findings = checks.findingsAt(check);
    const finding = findings.length > 1 ? findings.toSorted(byRelevance)[0] : findings[0];
    const story = storyOf(this, checks.remediationsAt(check), findings, finding, terms.exceptions);
    const { remediation, foundClosedAt: finishedAt } = story;
    // It was closed as of the latest time that somebody read it.
    const read = remediation === undefined || finishedAt === undefined ? remediation : { ...remediation, finishedAt };
    const standing = checkStatusOf(finding, read);
    this.status = standing.status;
    this.reason = standing.reason;
    this.isWaiting = standing.isWaiting;
    this.reopenedAt = standing.reopenedAt;
    this.finding = finding;
    this.#findings = findings;
    this.#story = story;
  }

  get target(): Target {
    return (this.#target ??= this.#checks.targetAt(this.#check));
  }

  get targetNumber(): number {
    return this.#checks.targetNumberAt(this.#check);
  }

  get arn(): string {
    return this.#checks.arnAt(this.#check);
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

  get firstSeenMillis(): number {
    const { finding } = this;
    if (this.#story.foundClosedAt !== undefined) return Date.parse(this.firstSeenAt ?? '');
    const observed = finding === undefined ? Number.NaN : finding.firstObservedMillis;
    // A text that is no time is there all the same.
    if (!Number.isNaN(observed) || finding?.firstObservedAt !== undefined) return observed;
    return Date.parse(this.#story.firstSeenAt ?? '');
  }

  get openSince(): string | undefined {
    return isUnresolved(this) ? (this.reopenedAt ?? this.firstSeenAt) : undefined;
  }

  get openSinceMillis(): number {
    if (!isUnresolved(this)) return Number.NaN;
    return this.reopenedAt === undefined ? this.firstSeenMillis : Date.parse(this.reopenedAt);
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
    return dueMillisOf(this.openSinceMillis, this.severity, this.#terms.due);
  }

  get dueAt(): string | undefined {
    const due = this.dueMillis;
    return due === undefined ? undefined : this.#terms.times.textOf(due);
  }

  get isOverdue(): boolean {
    const due = this.dueMillis;
    return due !== undefined && due < this.#terms.generatedMillis;
  }

  get policy(): PolicyMode | undefined {
    return isUnresolved(this) ? this.finding?.policy : undefined;
  }

  #isClosedByUs(): boolean {
    return this.status === 'closed' && this.remediation?.outcome === 'closed';
  }
}

function earlierOf(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return timeOf(other) < timeOf(one) ? other : one;
}

function unionOf(
  findings: readonly ColumnFinding[],
  listOf: (finding: ColumnFinding) => readonly string[],
): readonly string[] {
  const [first] = findings;
  if (first === undefined) return NOTHING;
  // Lists of many findings are one list.
  return findings.length === 1 ? listOf(first) : [...new Set(findings.flatMap(listOf))];
}

const NOTHING: readonly string[] = [];

/** Without consolidated findings each standard has its own: an active one says more than an archived one. */
function byRelevance(a: ColumnFinding, b: ColumnFinding): number {
  if (a.recordState !== b.recordState) return a.recordState === 'ACTIVE' ? -1 : 1;
  return updateOf(b) - updateOf(a);
}

function updateOf({ updatedMillis }: ColumnFinding): number {
  return Number.isNaN(updatedMillis) ? 0 : updatedMillis;
}
