import type { ControlId } from '../controls/control-id';
import { controlOf } from '../controls/control-registry';
import type { RemediationRecord } from '../ledger/remediation-record';
import { targetKey, type Target } from '../target';
import type { Check } from './check';
import { secondsBetween } from './durations';
import { fromFinding, fromLedger, type KnownRemediation } from './known-remediation';
import type { ReportedFinding } from './reported-finding';
import { severityRank } from './severity';
import { standingOf, STATUSES, type Standing } from './standing';

/** One control on one resource: what the latest finding and the latest remediation say about it. */
export interface ReportRow extends Standing {
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
  /** All that this row stands for. */
  readonly findingCount: number;
  readonly closingCount: number;
  readonly undoCount: number;
}

/** The most urgent first, the gravest of them before the others; then by control and resource, so that two reports can be compared. */
export function toReportRows(checks: readonly Check[]): readonly ReportRow[] {
  return checks.map(toRow).sort(byUrgency);
}

function toRow({ control, target, findings, closings, undos }: Check): ReportRow {
  const finding = findings.toSorted(byRelevance)[0];
  const record = [...closings, ...undos.filter(changedSomething)].sort((a, b) =>
    b.startedAt.localeCompare(a.startedAt),
  )[0];
  const remediation = record ? fromLedger(record) : finding && fromFinding(finding);
  const standing = standingOf(finding, remediation);
  const closed = standing.status === 'closed';
  const closedByUs = closed && remediation?.outcome === 'closed';
  const firstSeenAt =
    finding?.firstObservedAt ?? record?.findings.find((one) => one.control === control)?.firstObservedAt;
  const closedAt = closed ? remediation?.finishedAt : undefined;
  return {
    ...standing,
    control,
    controlTitle: controlOf(control).title,
    target,
    resourceName: finding?.resourceName ?? nameOf(record),
    severity: finding?.severity ?? 'UNKNOWN',
    firstSeenAt,
    openSince: isUnsettled(standing) ? (standing.reopenedAt ?? firstSeenAt) : undefined,
    closedAt,
    secondsFromFirstSeenToClosed: closedByUs ? secondsBetween(firstSeenAt, closedAt) : undefined,
    secondsFromDecisionToClosed: closedByUs ? secondsBetween(remediation.startedAt, closedAt) : undefined,
    finding,
    remediation,
    findingCount: findings.length,
    closingCount: closings.length,
    undoCount: undos.length,
  };
}

/** An undo that changed nothing leaves the closing before it as it is. */
function changedSomething({ outcome }: RemediationRecord): boolean {
  return outcome === 'undone' || outcome === 'partly-undone';
}

/** Network ACLs have no name of their own. */
function nameOf(record: RemediationRecord | undefined): string | undefined {
  return record?.before?.kind === 'security-group' ? record.before.name : undefined;
}

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

function isUnsettled({ status }: Standing): boolean {
  return status !== 'closed' && status !== 'suppressed' && status !== 'not-failing';
}

function byUrgency(a: ReportRow, b: ReportRow): number {
  return (
    STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
    severityRank(a.severity) - severityRank(b.severity) ||
    a.control.localeCompare(b.control, 'en', { numeric: true }) ||
    targetKey(a.target).localeCompare(targetKey(b.target), 'en')
  );
}
