import { targetArn } from '../../target';
import { resultOf, type CheckResult } from '../result-of';
import type { Report } from '../report';
import type { ReportRow } from '../report-row';

/**
 * What this is written to; 1.6.0 is what Security Hub V2 itself wrote when last seen.
 * https://schema.ocsf.io/1.6.0/classes/compliance_finding
 */
const VERSION = '1.6.0';

const COMPLIANCE: Readonly<Record<CheckResult, readonly [id: number, name: string]>> = {
  pass: [1, 'Pass'],
  fail: [3, 'Fail'],
  unknown: [0, 'Unknown'],
  'left-out': [3, 'Fail'],
};

const SEVERITIES: Readonly<Record<string, readonly [id: number, name: string]>> = {
  INFORMATIONAL: [1, 'Informational'],
  LOW: [2, 'Low'],
  MEDIUM: [3, 'Medium'],
  HIGH: [4, 'High'],
  CRITICAL: [5, 'Critical'],
};

const RESOURCE_TYPES = {
  'security-group': 'AWS::EC2::SecurityGroup',
  'network-acl': 'AWS::EC2::NetworkAcl',
  instance: 'AWS::EC2::Instance',
  'network-interface': 'AWS::EC2::NetworkInterface',
} as const;

/** A Compliance Finding (class 2003) for every row, as a JSON list, in pieces. */
export function* renderOcsf({ rows, generatedAt }: Report): Generator<string> {
  const time = Date.parse(generatedAt);
  yield '[';
  for (const [index, row] of rows.entries()) {
    yield `${index === 0 ? '\n' : ',\n'}${JSON.stringify(toOcsf(row, time))}`;
  }
  yield '\n]\n';
}

function toOcsf(row: ReportRow, time: number): object {
  const { target, control, controlTitle, reason, remediation } = row;
  const [severityId, severity] = SEVERITIES[row.severity] ?? [0, 'Unknown'];
  const [complianceId, compliance] = COMPLIANCE[resultOf(row.status)];
  const [statusId, status] = statusOf(row);
  return {
    activity_id: 2,
    activity_name: 'Update',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    type_uid: 200302,
    type_name: 'Compliance Finding: Update',
    time,
    severity_id: severityId,
    severity,
    status_id: statusId,
    status,
    status_detail: reason,
    cloud: {
      provider: 'AWS',
      region: target.region,
      account: { uid: target.account, type: 'AWS Account', type_id: 10 },
    },
    compliance: {
      control,
      status_id: complianceId,
      status: compliance,
      status_details: [reason],
      standards: row.standards,
      requirements: row.requirements,
    },
    finding_info: {
      uid: row.finding?.id ?? `portcullis/${control}/${targetArn(target)}`,
      title: controlTitle,
      desc: reason,
      ...millis('first_seen_time', row.firstSeenAt),
      ...millis('modified_time', row.finding?.updatedAt),
    },
    metadata: { version: VERSION, profiles: ['cloud'], product: { name: 'Portcullis', vendor_name: 'Portcullis' } },
    resources: [
      {
        uid: targetArn(target),
        type: RESOURCE_TYPES[target.kind],
        region: target.region,
        cloud_partition: target.partition,
        ...(row.resourceName === undefined ? {} : { name: row.resourceName }),
      },
    ],
    unmapped: {
      portcullis_status: row.status,
      ...(remediation === undefined
        ? {}
        : {
            remediation_id: remediation.remediationId,
            remediation_outcome: remediation.outcome,
            decided_by: remediation.decidedBy,
          }),
    },
  };
}

/** https://schema.ocsf.io/1.6.0/classes/compliance_finding: status_id */
function statusOf({ status, isWaiting }: ReportRow): readonly [id: number, name: string] {
  switch (status) {
    case 'suppressed':
      return [3, 'Suppressed'];
    case 'closed':
    case 'not-failing':
      return [4, 'Resolved'];
    case 'in-progress':
      return [2, 'In Progress'];
    case 'open':
    case 'resolved-still-failing':
    case 'failed':
    case 'could-not-tell':
      return isWaiting === true ? [2, 'In Progress'] : [1, 'New'];
  }
}

function millis(name: string, time: string | undefined): Readonly<Record<string, number>> {
  const value = Date.parse(time ?? '');
  return Number.isNaN(value) ? {} : { [name]: value };
}
