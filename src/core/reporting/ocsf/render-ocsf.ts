import { json, PerList, PerText } from '../json-text';
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

/** What every one of them begins with. */
const HEAD = JSON.stringify({
  activity_id: 2,
  activity_name: 'Update',
  category_uid: 2,
  category_name: 'Findings',
  class_uid: 2003,
  class_name: 'Compliance Finding',
  type_uid: 200302,
  type_name: 'Compliance Finding: Update',
}).slice(0, -1);

const METADATA = JSON.stringify({
  version: VERSION,
  profiles: ['cloud'],
  product: { name: 'Portcullis', vendor_name: 'Portcullis' },
});

/** A Compliance Finding (class 2003) for every row, as a JSON list, in chunks. */
export function* renderOcsf({ rows, generatedAt }: Report): Generator<string> {
  const head = `${HEAD},"time":${String(Date.parse(generatedAt))}`;
  const quoted = { lists: new PerList(JSON.stringify), texts: new PerText(json) };
  let separator = '\n';
  yield '[';
  for (const row of rows) {
    yield `${separator}${head}${renderRow(row, quoted)}`;
    separator = ',\n';
  }
  yield '\n]\n';
}

/** Of what comes again and again. */
interface Quoted {
  readonly lists: PerList;
  readonly texts: PerText;
}

/** Put together by hand: `JSON.stringify` of an object takes ten times as long, and there are hundreds of thousands. */
function renderRow(row: ReportRow, { lists, texts }: Quoted): string {
  const { target, control, remediation, finding } = row;
  const { arn } = row;
  const reason = texts.of(row.reason);
  const region = texts.of(target.region);
  const [severityId, severity] = SEVERITIES[row.severity] ?? [0, 'Unknown'];
  const [complianceId, compliance] = COMPLIANCE[resultOf(row.status)];
  const [statusId, status] = statusOf(row);
  const uid = json(finding?.id ?? `portcullis/${control}/${arn}`);
  const times = `${millis('first_seen_time', row.firstSeenMillis)}${millis('modified_time', finding?.updatedMillis ?? Number.NaN)}`;
  const name = row.resourceName === undefined ? '' : `,"name":${texts.of(row.resourceName)}`;
  const remediated =
    remediation === undefined
      ? ''
      : `,"remediation_id":${json(remediation.remediationId)},"remediation_outcome":"${remediation.outcome}","decided_by":${json(remediation.decidedBy)}`;
  return (
    `,"severity_id":${String(severityId)},"severity":"${severity}"` +
    `,"status_id":${String(statusId)},"status":"${status}","status_detail":${reason}` +
    `,"cloud":{"provider":"AWS","region":${region},"account":{"uid":${texts.of(target.account)},"type":"AWS Account","type_id":10}}` +
    `,"compliance":{"control":"${control}","status_id":${String(complianceId)},"status":"${compliance}"` +
    `,"status_details":[${reason}],"standards":${lists.of(row.standards)},"requirements":${lists.of(row.requirements)}}` +
    `,"finding_info":{"uid":${uid},"title":${texts.of(row.controlTitle)},"desc":${reason}${times}}` +
    `,"metadata":${METADATA}` +
    `,"resources":[{"uid":${json(arn)},"type":"${RESOURCE_TYPES[target.kind]}","region":${region}` +
    `,"cloud_partition":${texts.of(target.partition)}${name}}]` +
    `,"unmapped":{"portcullis_status":"${row.status}"${remediated}}}`
  );
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

function millis(name: string, value: number): string {
  return Number.isNaN(value) ? '' : `,"${name}":${String(value)}`;
}
