import type { ControlId } from '../controls/control-id';
import { controlOf } from '../controls/control-registry';
import type { RemediationRecord } from '../ledger/remediation-record';
import { targetKey, type Target } from '../target';
import { secondsBetween } from './durations';
import { fromFinding, fromLedger, type KnownRemediation } from './known-remediation';
import type { ReportedFinding } from './reported-finding';
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
  /** All findings and remediations that this row stands for. */
  readonly findingCount: number;
  readonly remediationCount: number;
}

interface Group {
  readonly control: ControlId;
  readonly target: Target;
  readonly findings: ReportedFinding[];
  readonly records: RemediationRecord[];
}

/** The most urgent first; then by control and resource, so that two reports can be compared. */
export function toReportRows(
  findings: readonly ReportedFinding[],
  records: readonly RemediationRecord[],
): readonly ReportRow[] {
  return [...group(findings, records).values()].map(toRow).sort(byUrgency);
}

function group(findings: readonly ReportedFinding[], records: readonly RemediationRecord[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  const groupOf = (control: ControlId, target: Target): Group => {
    const key = `${control} ${targetKey(target)}`;
    const known = groups.get(key);
    if (known) return known;
    const made: Group = { control, target, findings: [], records: [] };
    groups.set(key, made);
    return made;
  };
  for (const finding of findings) groupOf(finding.control, finding.target).findings.push(finding);
  for (const record of records) {
    // A remediation of three findings of one control is one remediation.
    for (const control of new Set(record.findings.map((finding) => finding.control))) {
      groupOf(control, record.target).records.push(record);
    }
  }
  return groups;
}

function toRow({ control, target, findings, records }: Group): ReportRow {
  const finding = findings.toSorted(byRelevance)[0];
  const record = records.filter(saysWhereItStands).toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))[0];
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
    remediationCount: records.length,
  };
}

/** An undo that changed nothing leaves the closing before it as it is. */
function saysWhereItStands({ action, outcome }: RemediationRecord): boolean {
  return action !== 'undo' || outcome === 'undone' || outcome === 'partly-undone';
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
    a.control.localeCompare(b.control, 'en', { numeric: true }) ||
    targetKey(a.target).localeCompare(targetKey(b.target), 'en')
  );
}
