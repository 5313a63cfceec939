import type { ControlId } from '../controls/control-id';
import { controlOf } from '../controls/control-registry';
import type { RemediationRecord } from '../ledger/remediation-record';
import { renderRule } from '../network/rule-source';
import { targetKey, type Target } from '../target';
import { secondsBetween } from './durations';
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
  /** Only while open, failed or in progress. */
  readonly openSince: string | undefined;
  readonly closedAt: string | undefined;
  readonly decidedBy: string | undefined;
  /** Only where Portcullis closed it: when somebody else did is not known. */
  readonly secondsFromFirstSeenToClosed: number | undefined;
  readonly secondsFromDecisionToClosed: number | undefined;
  /** Rules in words, as the runbooks were told to take away and to put in their place. */
  readonly revoked: readonly string[];
  readonly authorized: readonly string[];
  readonly finding: ReportedFinding | undefined;
  readonly remediation: RemediationRecord | undefined;
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
  const remediation = records.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))[0];
  const standing = standingOf(finding, remediation);
  const closed = standing.status === 'closed';
  const closedByUs = closed && remediation?.outcome === 'closed';
  const firstSeenAt = finding?.firstObservedAt ?? remediation?.findings.find((one) => one.control === control)?.firstObservedAt;
  const closedAt = closed ? remediation?.finishedAt : undefined;
  return {
    ...standing,
    control,
    controlTitle: controlOf(control).title,
    target,
    resourceName: finding?.resourceName ?? remediation?.before?.name,
    severity: finding?.severity ?? 'UNKNOWN',
    firstSeenAt,
    openSince: isUnsettled(standing) ? (standing.reopened ? finding?.updatedAt : firstSeenAt) : undefined,
    closedAt,
    decidedBy: remediation?.decidedBy,
    secondsFromFirstSeenToClosed: closedByUs ? secondsBetween(firstSeenAt, closedAt) : undefined,
    secondsFromDecisionToClosed: closedByUs ? secondsBetween(remediation.startedAt, closedAt) : undefined,
    revoked: rulesOf(remediation, 'RevokeSecurityGroupIngress'),
    authorized: rulesOf(remediation, 'AuthorizeSecurityGroupIngress'),
    finding,
    remediation,
    findingCount: findings.length,
    remediationCount: records.length,
  };
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
  return status === 'open' || status === 'failed' || status === 'in-progress';
}

function rulesOf(record: RemediationRecord | undefined, call: string): readonly string[] {
  const steps = record?.runs.map((run) => run.step).filter((step) => step.call === call) ?? [];
  return [...new Set(steps.flatMap((step) => step.rules.map(renderRule)))];
}

function byUrgency(a: ReportRow, b: ReportRow): number {
  return (
    STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
    a.control.localeCompare(b.control, 'en', { numeric: true }) ||
    targetKey(a.target).localeCompare(targetKey(b.target), 'en')
  );
}
