import { controlOf } from '../controls/control-registry';
import { CONTROL_IDS, type ControlId } from '../controls/control-id';
import type { Target } from '../target';
import type { Check } from './check';
import type { PolicyMode } from '../policy/policy-entry';
import { dueAtOf, type DueDays } from './due';
import { secondsBetween } from './durations';
import { fromFinding, type KnownRemediation } from './known-remediation';
import type { ReportedFinding } from './reported-finding';
import { checkKey, type LiveExceptions, type StatedException } from './reported-exception';
import type { ReportedRemediation } from './reported-remediation';
import { severityRank } from './severity';
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
  readonly isOverdue: boolean;
  /** What the policy would do about its finding, where a policy was given, and the row is not settled. */
  readonly policy: PolicyMode | undefined;
}

/** What rows go by beside findings and remediations. */
export interface RowTerms {
  /** ISO 8601, UTC. */
  readonly generatedAt: string;
  readonly due: DueDays;
  readonly exceptions: LiveExceptions;
}

/**
 * What is overdue first, then the most urgent, the gravest of them before the others; then by control and resource, so
 * that two reports can be compared.
 */
export function toReportRows(checks: Iterable<Check>, terms: RowTerms): readonly ReportRow[] {
  const ranked: { readonly rank: number; readonly row: ReportRow }[] = [];
  for (const check of checks) {
    const row = toRow(check, terms);
    ranked.push({ rank: rankOf(row), row });
  }
  return ranked.sort((a, b) => a.rank - b.rank || byTarget(a.row.target, b.row.target)).map(({ row }) => row);
}

function toRow({ control, target, findings, closings, undos }: Check, terms: RowTerms): ReportRow {
  const finding = findings.length > 1 ? findings.toSorted(byRelevance)[0] : findings[0];
  const history = historyOf(closings, undos);
  const record = history.find(saysWhereItStands);
  const remediation = record ?? (finding && fromFinding(finding));
  const standing = checkStatusOf(finding, remediation);
  const closed = standing.status === 'closed';
  const closedByUs = closed && remediation?.outcome === 'closed';
  const firstSeenAt = finding?.firstObservedAt ?? record?.firstSeenAt[control];
  const closedAt = closed ? remediation?.finishedAt : undefined;
  const severity = finding?.severity ?? 'UNKNOWN';
  const openSince = isUnsettled(standing) ? (standing.reopenedAt ?? firstSeenAt) : undefined;
  const dueAt = dueAtOf(openSince, severity, terms.due);
  return {
    // One by one: V8 makes a dictionary of an object that begins with another's members, and rows are many.
    status: standing.status,
    reason: standing.reason,
    isWaiting: standing.isWaiting,
    reopenedAt: standing.reopenedAt,
    control,
    controlTitle: controlOf(control).title,
    target,
    resourceName: finding?.resourceName ?? record?.resourceName,
    severity,
    firstSeenAt,
    openSince,
    closedAt,
    secondsFromFirstSeenToClosed: closedByUs ? secondsBetween(firstSeenAt, closedAt) : undefined,
    secondsFromDecisionToClosed: closedByUs ? secondsBetween(remediation.startedAt, closedAt) : undefined,
    finding,
    remediation,
    standards: unionOf(findings, ({ standards }) => standards),
    requirements: unionOf(findings, ({ requirements }) => requirements),
    findingCount: findings.length,
    closingCount: closings.length,
    undoCount: undos.length,
    history,
    exception: terms.exceptions.get(checkKey(control, target)),
    dueAt,
    isOverdue: dueAt !== undefined && dueAt < terms.generatedAt,
    policy: isUnsettled(standing) ? finding?.policy : undefined,
  };
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

/** An undo that changed nothing leaves the closing before it as it is. */
function saysWhereItStands({ isUndo, outcome }: ReportedRemediation): boolean {
  return !isUndo || outcome === 'undone' || outcome === 'partly-undone';
}

function historyOf(
  closings: readonly ReportedRemediation[],
  undos: readonly ReportedRemediation[],
): readonly ReportedRemediation[] {
  if (closings.length + undos.length === 0) return NO_HISTORY;
  return [...closings, ...undos].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
}

const NO_HISTORY: readonly ReportedRemediation[] = [];

/** How long an unsettled one has been open at `time`; undefined for settled ones and where nobody knows since when. */
export function secondsOpen(row: ReportRow, time: string): number | undefined {
  return secondsBetween(row.openSince, time);
}

/** Without consolidated findings each standard has its own: an active one says more than an archived one. */
function byRelevance(a: ReportedFinding, b: ReportedFinding): number {
  if (a.recordState !== b.recordState) return a.recordState === 'ACTIVE' ? -1 : 1;
  return timeOf(b.updatedAt) - timeOf(a.updatedAt);
}

function timeOf(time: string | undefined): number {
  const millis = Date.parse(time ?? '');
  return Number.isNaN(millis) ? 0 : millis;
}

/** What still needs somebody. */
export function isUnsettled({ status }: Pick<CheckStatus, 'status'>): boolean {
  return status !== 'closed' && status !== 'suppressed' && status !== 'not-failing';
}

/** One number for what comes before target: of 100,000 rows each is compared some 17 times. */
function rankOf({ isOverdue, status, severity, control }: ReportRow): number {
  const urgency = (isOverdue ? 0 : STATUSES.length) + STATUSES.indexOf(status);
  return (urgency * 100 + severityRank(severity)) * 100 + CONTROL_IDS.indexOf(control);
}

function byTarget(a: Target, b: Target): number {
  return compare(a.account, b.account) || compare(a.region, b.region) || compare(a.kind, b.kind) || compare(a.id, b.id);
}

/** By code, which is the order of digits and letters in ids, and many times faster than that of a language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
