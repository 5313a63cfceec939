import type { RiskException } from '../../../src/core/exceptions/risk-exception';
import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import type { Report } from '../../../src/core/reporting/report';
import type { ReportRow } from '../../../src/core/reporting/report-row';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';

const SSH_FROM_ANYWHERE: SecurityGroupRule = {
  SecurityGroupRuleId: 'sgr-0aaaaaaaaaaaaaaaa',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  CidrIpv4: '0.0.0.0/0',
};

interface AsffOptions {
  readonly id?: string;
  readonly control?: string;
  readonly account?: string;
  readonly region?: string;
  readonly group?: string;
  readonly [field: string]: unknown;
}

/** An ASFF finding as Security Hub prints it: EC2.13 fails on one group, unless told otherwise. */
export function asff({
  id = 'finding-1',
  control = 'EC2.13',
  account = '222222222222',
  region = 'eu-central-1',
  group = 'sg-0123456789abcdef0',
  ...fields
}: AsffOptions = {}): Record<string, unknown> {
  return {
    SchemaVersion: '2018-10-08',
    Id: id,
    ProductArn: `arn:aws:securityhub:${region}::product/aws/securityhub`,
    ProductName: 'Security Hub',
    GeneratorId: `security-control/${control}`,
    AwsAccountId: account,
    Region: region,
    Title: 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22',
    FirstObservedAt: '2026-11-01T00:00:00Z',
    UpdatedAt: '2026-11-01T00:00:00Z',
    Severity: { Label: 'HIGH' },
    Resources: [
      {
        Type: 'AwsEc2SecurityGroup',
        Id: `arn:aws:ec2:${region}:${account}:security-group/${group}`,
        Details: { AwsEc2SecurityGroup: { GroupName: 'web' } },
      },
    ],
    Compliance: {
      Status: 'FAILED',
      SecurityControlId: control,
      AssociatedStandards: [{ StandardsId: 'standards/aws-foundational-security-best-practices/v/1.0.0' }],
    },
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    ...fields,
  };
}

/** Closes what `asff()` reports, ten days after it was first seen and in 30 seconds. */
export function remediation(fields: Partial<RemediationRecord> = {}): RemediationRecord {
  return {
    remediationId: 'rem-0123456789abcdef',
    target: {
      kind: 'security-group',
      partition: 'aws',
      account: '222222222222',
      region: 'eu-central-1',
      id: 'sg-0123456789abcdef0',
    },
    action: 'close',
    trigger: 'custom-action',
    decidedBy: 'custom action "Close ingress"',
    findings: [
      {
        id: 'finding-1',
        productArn: 'arn:aws:securityhub:eu-central-1::product/aws/securityhub',
        control: 'EC2.13',
        firstObservedAt: '2026-11-01T00:00:00Z',
      },
    ],
    startedAt: '2026-11-11T00:00:00Z',
    finishedAt: '2026-11-11T00:00:30Z',
    outcome: 'closed',
    runs: [
      {
        executionId: 'execution-1',
        runId: 'rem-0123456789abcdef/0.0',
        step: { call: 'RevokeSecurityGroupIngress', rules: [SSH_FROM_ANYWHERE] },
        startedAt: '2026-11-11T00:00:02Z',
        end: 'effect-seen',
      },
    ],
    ...fields,
  };
}

/** A report whose rows are a list, to look at any of them. */
export interface ListedReport extends Report {
  readonly rows: readonly ReportRow[];
}

/** Its rows as a list. */
export function listed(report: Report): ListedReport {
  return { ...report, rows: [...report.rows] };
}

export const GENERATED_AT = '2026-11-21T00:00:00.000Z';

/** Accepts what `asff()` reports, over the end of January. */
export function exception(fields: Partial<RiskException> = {}): RiskException {
  return {
    exceptionId: 'exc-0123456789abcdef',
    target: remediation().target,
    control: 'EC2.13',
    covers: [{ source: '0.0.0.0/0', tcp: [{ from: 22, to: 22 }], udp: [] }],
    reason: 'no VPN yet',
    by: 'ana',
    since: '2026-11-02T00:00:00.000Z',
    until: '2027-01-31T00:00:00.000Z',
    findings: [],
    ...fields,
  };
}
