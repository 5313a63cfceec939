import { closeSync, openSync, writeSync } from 'node:fs';
import type { PageBounds } from '../describe-output';

const FINDINGS_A_PAGE = 1_000;

/** Of those that Portcullis closes, and one that it does not: exports are of everything. */
const CONTROLS = ['EC2.13', 'EC2.14', 'EC2.18', 'EC2.19', 'EC2.2', 'EC2.53', 'EC2.54', 'S3.8'];

const REGIONS = ['eu-central-1', 'us-east-1', 'ap-southeast-2'];

const STANDARDS = [
  'standards/aws-foundational-security-best-practices/v/1.0.0',
  'standards/nist-800-53/v/5.0.0',
  'standards/pci-dss/v/4.0.1',
];

/**
 * How a file is laid out: as the AWS CLI prints it, all on one line, or a finding a line; on one line in OCSF, as
 * Security Hub V2 has them, or every other one.
 */
export const LAYOUTS = ['cli', 'compact', 'ndjson', 'ocsf', 'mixed'] as const;

export type Layout = (typeof LAYOUTS)[number];

/**
 * Writes so many findings of Security Hub, each of its own resource; one in eight is of a control that Portcullis does
 * not close.
 *
 * @returns where the pages of 1,000 findings are, without what is around them
 */
export function writeFindings(file: string, findings: number, layout: Layout): readonly PageBounds[] {
  const output = openSync(file, 'w');
  const pages: PageBounds[] = [];
  const separator = { cli: ',\n', compact: ',', ndjson: '\n', ocsf: ',', mixed: ',' }[layout];
  try {
    let at = layout === 'ndjson' ? 0 : writeSync(output, layout === 'cli' ? '{\n    "Findings": [\n' : '{"Findings":[');
    for (let first = 0; first < findings; first += FINDINGS_A_PAGE) {
      const from = at;
      const last = Math.min(findings, first + FINDINGS_A_PAGE);
      const texts = Array.from({ length: last - first }, (_, i) => renderFinding(first + i, layout));
      at += writeSync(output, texts.join(separator));
      pages.push([from, at]);
      if (last < findings) at += writeSync(output, separator);
    }
    writeSync(output, { cli: '\n    ]\n}\n', compact: ']}\n', ndjson: '\n', ocsf: ']}\n', mixed: ']}\n' }[layout]);
    return pages;
  } finally {
    closeSync(output);
  }
}

function renderFinding(index: number, layout: Layout): string {
  const isOcsf = layout === 'ocsf' || (layout === 'mixed' && index % 2 === 1);
  const finding = isOcsf ? ocsfOf(index) : findingOf(index);
  return layout === 'cli' ? JSON.stringify(finding, null, 4).replace(/^/gm, '        ') : JSON.stringify(finding);
}

function findingOf(index: number): object {
  const control = CONTROLS[index % CONTROLS.length] ?? 'EC2.13';
  const region = REGIONS[index % REGIONS.length] ?? 'eu-central-1';
  const account = String(222222222222 + (index % 40));
  const group = `sg-${index.toString(16).padStart(17, '0')}`;
  const arn = `arn:aws:ec2:${region}:${account}:security-group/${group}`;
  const fails = index % 5 !== 0;
  const seen = new Date(Date.UTC(2026, 5, 1) + (index % 150) * 86_400_000).toISOString();
  const productArn = `arn:aws:securityhub:${region}::product/aws/securityhub`;
  const id = `arn:aws:securityhub:${region}:${account}:security-control/${control}/finding/${uuidOf(index)}`;
  return {
    SchemaVersion: '2018-10-08',
    Id: id,
    ProductArn: productArn,
    ProductName: 'Security Hub',
    CompanyName: 'AWS',
    Region: region,
    GeneratorId: `security-control/${control}`,
    AwsAccountId: account,
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    FirstObservedAt: seen,
    LastObservedAt: '2026-11-20T02:15:28.917Z',
    CreatedAt: seen,
    UpdatedAt: '2026-11-20T02:15:28.917Z',
    Severity: { Label: index % 3 === 0 ? 'HIGH' : 'MEDIUM', Normalized: 70, Original: 'HIGH' },
    Title: 'Security groups should not be open to the internet where they need not be',
    Description: 'This control checks whether a security group lets in traffic from anywhere.',
    Remediation: {
      Recommendation: { Text: 'Consult the documentation.', Url: 'https://docs.aws.amazon.com/console/x' },
    },
    ProductFields: {
      'Resources:0/Id': arn,
      'aws/securityhub/FindingId': `${productArn}/${id}`,
    },
    Resources: [
      {
        Type: 'AwsEc2SecurityGroup',
        Id: arn,
        Partition: 'aws',
        Region: region,
        Details: {
          AwsEc2SecurityGroup: { GroupName: `team-${String(index % 100)}`, GroupId: group, OwnerId: account },
        },
      },
    ],
    Compliance: {
      Status: fails ? 'FAILED' : 'PASSED',
      SecurityControlId: control,
      RelatedRequirements: ['NIST.800-53.r5 AC-4', `NIST.800-53.r5 SC-7(${String(index % 8)})`, 'PCI DSS v4.0.1/1.3.1'],
      AssociatedStandards: STANDARDS.map((StandardsId) => ({ StandardsId })),
    },
    WorkflowState: 'NEW',
    Workflow: { Status: fails ? 'NEW' : 'RESOLVED' },
    RecordState: 'ACTIVE',
    FindingProviderFields: { Severity: { Label: 'HIGH', Original: 'HIGH' } },
    ProcessedAt: '2026-11-20T02:15:33.885Z',
  };
}

/** The same as Security Hub V2 has it. */
function ocsfOf(index: number): object {
  const control = CONTROLS[index % CONTROLS.length] ?? 'EC2.13';
  const region = REGIONS[index % REGIONS.length] ?? 'eu-central-1';
  const account = String(222222222222 + (index % 40));
  const group = `sg-${index.toString(16).padStart(17, '0')}`;
  const fails = index % 5 !== 0;
  const seen = Date.UTC(2026, 5, 1) + (index % 150) * 86_400_000;
  const updated = Date.UTC(2026, 10, 20);
  return {
    activity_id: 1,
    activity_name: 'Create',
    category_name: 'Findings',
    category_uid: 2,
    class_name: 'Compliance Finding',
    class_uid: 2003,
    type_uid: 200301,
    time: updated,
    time_dt: new Date(updated).toISOString(),
    severity: index % 3 === 0 ? 'High' : 'Medium',
    severity_id: index % 3 === 0 ? 4 : 3,
    status: fails ? 'New' : 'Resolved',
    status_id: fails ? 1 : 4,
    cloud: { provider: 'AWS', region, account: { uid: account, type: 'AWS Account', type_id: 10 } },
    metadata: {
      version: '1.6.0',
      profiles: ['cloud', 'datetime'],
      product: {
        uid: `arn:aws:securityhub:${region}::productv2/aws/securityhub`,
        name: 'Security Hub',
        vendor_name: 'AWS',
      },
    },
    compliance: {
      control,
      status: fails ? 'Fail' : 'Pass',
      status_id: fails ? 3 : 1,
      standards: STANDARDS,
      requirements: ['NIST.800-53.r5 AC-4', `NIST.800-53.r5 SC-7(${String(index % 8)})`, 'PCI DSS v4.0.1/1.3.1'],
    },
    finding_info: {
      uid: `arn:aws:securityhub:${region}:${account}:security-control/${control}/finding/${uuidOf(index)}`,
      title: 'Security groups should not be open to the internet where they need not be',
      desc: 'This control checks whether a security group lets in traffic from anywhere.',
      first_seen_time: seen,
      first_seen_time_dt: new Date(seen).toISOString(),
      modified_time: updated,
      modified_time_dt: new Date(updated).toISOString(),
    },
    remediation: { desc: 'Consult the documentation.', references: ['https://docs.aws.amazon.com/console/x'] },
    resources: [
      {
        type: 'AWS::EC2::SecurityGroup',
        uid: `arn:aws:ec2:${region}:${account}:security-group/${group}`,
        name: `team-${String(index % 100)}`,
        cloud_partition: 'aws',
        region,
        owner: { account: { uid: account } },
      },
    ],
    vendor_attributes: { severity: 'High', severity_id: 4 },
  };
}

function uuidOf(index: number): string {
  return `${index.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
}
