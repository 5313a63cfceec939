/** An ASFF finding with the fields that Security Hub fills, open for change. */
export function asffFinding(change: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    SchemaVersion: '2018-10-08',
    Id: 'arn:aws:securityhub:eu-central-1:222222222222:security-control/EC2.13/finding/0c6b8a52',
    ProductArn: 'arn:aws:securityhub:eu-central-1::product/aws/securityhub',
    GeneratorId: 'security-control/EC2.13',
    AwsAccountId: '222222222222',
    Region: 'eu-central-1',
    Title: 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22',
    FirstObservedAt: '2026-11-01T08:00:00.000Z',
    CreatedAt: '2026-11-01T08:01:00.000Z',
    Severity: { Label: 'HIGH' },
    Resources: [groupResource()],
    Compliance: { Status: 'FAILED', SecurityControlId: 'EC2.13' },
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    ...change,
  };
}

export function groupResource(id = 'arn:aws:ec2:eu-central-1:222222222222:security-group/sg-0a1b2c3d'): object {
  return { Type: 'AwsEc2SecurityGroup', Id: id };
}

export const ACCOUNT_RESOURCE = { Type: 'AwsAccount', Id: 'AWS::::Account:222222222222' };
export const ACL_RESOURCE = {
  Type: 'AwsEc2NetworkAcl',
  Id: 'arn:aws:ec2:eu-central-1:222222222222:network-acl/acl-0a1b2c3d',
};
