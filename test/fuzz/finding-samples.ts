const PRODUCT = 'arn:aws:securityhub:eu-central-1::product/aws/securityhub';

interface FindingShape {
  readonly path: string;
  readonly generator: string;
  readonly title: string;
  readonly group?: string;
  readonly product?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly productFields?: Readonly<Record<string, string>>;
  readonly compliance?: Readonly<Record<string, unknown>>;
  readonly resources?: readonly unknown[];
}

/** As Security Hub writes findings, with the fields that we never read left in: they must do no harm either. */
function asff(shape: FindingShape): Readonly<Record<string, unknown>> {
  const arn = `arn:aws:ec2:eu-central-1:222222222222:security-group/${shape.group ?? 'sg-0aaaaaaaaaaaaaaa1'}`;
  return {
    SchemaVersion: '2018-10-08',
    Id: `arn:aws:securityhub:eu-central-1:222222222222:${shape.path}`,
    ProductArn: shape.product ?? PRODUCT,
    ProductName: 'Security Hub',
    CompanyName: 'AWS',
    Region: 'eu-central-1',
    GeneratorId: shape.generator,
    AwsAccountId: '222222222222',
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    FirstObservedAt: '2026-10-01T06:00:00.000Z',
    LastObservedAt: '2026-11-01T06:00:00.000Z',
    CreatedAt: '2026-10-01T06:00:00.000Z',
    UpdatedAt: '2026-11-01T06:00:00.000Z',
    Severity: { Label: 'HIGH', Normalized: 70, Original: 'HIGH' },
    Title: shape.title,
    Description: 'What the control looks at, at length.',
    Remediation: { Recommendation: { Text: 'See the documentation.', Url: 'https://docs.aws.amazon.com/' } },
    ProductFields: { 'aws/securityhub/ProductName': 'Security Hub', 'Resources:0/Id': arn, ...shape.productFields },
    Resources: shape.resources ?? [
      {
        Type: 'AwsEc2SecurityGroup',
        Id: arn,
        Partition: 'aws',
        Region: 'eu-central-1',
        Tags: { owner: 'web' },
        Details: { AwsEc2SecurityGroup: { GroupName: 'web', GroupId: shape.group ?? 'sg-0aaaaaaaaaaaaaaa1' } },
      },
    ],
    Compliance: { Status: 'FAILED', ...shape.compliance },
    WorkflowState: 'NEW',
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    ...shape.fields,
  };
}

/** One group of its own, so that whatever happens to the others cannot be mistaken for it. */
export const COMPLIANT_FINDING = asff({
  path: 'security-control/EC2.13/finding/innocent',
  generator: 'security-control/EC2.13',
  title: 'No ingress to port 22 from everywhere',
  group: 'sg-0cccccccccccccccc',
  compliance: { SecurityControlId: 'EC2.13', AssociatedStandards: [{ StandardsId: 'standards/cis/v/1.2.0' }] },
});

export const FINDING_SAMPLES: readonly Readonly<Record<string, unknown>>[] = [
  asff({
    path: 'security-control/EC2.13/finding/1',
    generator: 'security-control/EC2.13',
    title: 'No ingress to port 22 from everywhere',
    compliance: { SecurityControlId: 'EC2.13', RelatedRequirements: ['CIS 1.2.0/4.1'] },
  }),
  asff({
    path: 'security-control/EC2.18/finding/2',
    generator: 'security-control/EC2.18',
    title: 'Only authorized ports are open to everybody',
    group: 'sg-0bbbbbbbbbbbbbbb2',
    compliance: {
      SecurityControlId: 'EC2.18',
      SecurityControlParameters: [
        { Name: 'authorizedTcpPorts', Value: ['80', '443', '1020-1025'] },
        { Name: 'authorizedUdpPorts', Value: [] },
      ],
    },
    fields: { Note: { Text: 'Known to the web team.', UpdatedBy: 'kim', UpdatedAt: '2026-10-02T06:00:00.000Z' } },
  }),
  asff({
    path: 'subscription/cis-aws-foundations-benchmark/v/1.2.0/4.1/finding/3',
    generator: 'arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule/4.1',
    title: '4.1 No ingress to port 22 from everywhere',
    productFields: {
      StandardsGuideArn: 'arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0',
      RuleId: '4.1',
    },
  }),
  asff({
    path: 'subscription/aws-foundational-security-best-practices/v/1.0.0/EC2.19/finding/4',
    generator: 'aws-foundational-security-best-practices/v/1.0.0/EC2.19',
    title: 'EC2.19 High-risk ports are closed to everybody',
    productFields: {
      StandardsArn: 'arn:aws:securityhub:::standards/aws-foundational-security-best-practices/v/1.0.0',
      ControlId: 'EC2.19',
    },
    fields: { Region: undefined, FirstObservedAt: undefined },
  }),
  asff({
    path: 'security-control/EC2.21/finding/5',
    generator: 'security-control/EC2.21',
    title: 'Network ACLs do not let everybody reach 22 or 3389',
    compliance: { SecurityControlId: 'EC2.21' },
    resources: [
      {
        Type: 'AwsEc2NetworkAcl',
        Id: 'arn:aws:ec2:eu-central-1:222222222222:network-acl/acl-0aaaaaaaaaaaaaaa1',
        Details: { AwsEc2NetworkAcl: { IsDefault: false, Entries: [{ RuleNumber: 100, RuleAction: 'allow' }] } },
      },
    ],
  }),
  asff({
    path: 'security-control/EC2.2/finding/6',
    generator: 'security-control/EC2.2',
    title: 'Default groups have no rules',
    compliance: { SecurityControlId: 'EC2.2' },
    fields: { Workflow: { Status: 'NOTIFIED' } },
  }),
  asff({
    path: 'security-control/S3.8/finding/7',
    generator: 'security-control/S3.8',
    title: 'Buckets block public access',
    compliance: { SecurityControlId: 'S3.8' },
    resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::logs' }],
  }),
  asff({
    path: 'scanner/open-port/8',
    generator: 'scanner-ec2-open-port-22',
    title: 'Port 22 is open to everybody',
    product: 'arn:aws:securityhub:eu-central-1::product/scanner/scanner',
    compliance: { RelatedRequirements: ['CIS-1.4 5.1'] },
  }),
  asff({
    path: 'security-control/EC2.14/finding/9',
    generator: 'security-control/EC2.14',
    title: 'No ingress to port 3389 from everywhere',
    compliance: { SecurityControlId: 'EC2.14', Status: 'PASSED' },
    fields: { Workflow: { Status: 'RESOLVED' } },
  }),
  asff({
    path: 'security-control/EC2.53/finding/10',
    generator: 'security-control/EC2.53',
    title: 'No remote administration from everywhere',
    compliance: { SecurityControlId: 'EC2.53' },
    fields: { RecordState: 'ARCHIVED' },
  }),
  asff({
    path: 'security-control/EC2.54/finding/11',
    generator: 'security-control/EC2.54',
    title: 'No remote administration from everywhere over IPv6',
    compliance: { SecurityControlId: 'EC2.54' },
    fields: {
      Workflow: { Status: 'RESOLVED' },
      UserDefinedFields: {
        PortcullisRemediationId: 'rem-0123456789abcdef',
        PortcullisOutcome: 'closed',
        PortcullisDecidedBy: 'custom action "Close ingress"',
      },
    },
  }),
  asff({
    path: 'security-control/EC2.13/finding/12',
    generator: 'security-control/EC2.13',
    title: 'Accepted by the owner',
    compliance: { SecurityControlId: 'EC2.13' },
    fields: { Workflow: { Status: 'SUPPRESSED' } },
  }),
  asff({
    path: 'security-control/EC2.13/finding/13',
    generator: 'security-control/EC2.13',
    title: 'About a group of somebody else',
    compliance: { SecurityControlId: 'EC2.13' },
    resources: [
      { Type: 'AwsEc2SecurityGroup', Id: 'arn:aws:ec2:eu-central-1:333333333333:security-group/sg-0bbbbbbbbbbbbbbb2' },
    ],
  }),
];
