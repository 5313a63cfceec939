/**
 * A control finding of Security Hub V2, as `get-findings-v2` prints it: EC2.13 fails on one group, unless told
 * otherwise.
 */
export function ocsf(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    activity_id: 1,
    class_name: 'Compliance Finding',
    class_uid: 2003,
    type_uid: 200301,
    cloud: { account: { uid: '222222222222' }, provider: 'AWS', region: 'eu-central-1' },
    compliance: {
      control: 'EC2.13',
      status: 'Fail',
      status_id: 3,
      standards: ['standards/aws-foundational-security-best-practices/v/1.0.0'],
      requirements: ['NIST.800-53.r5 AC-4'],
    },
    finding_info: {
      uid: 'finding-1',
      title: 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22',
      first_seen_time: 1793491200000,
      first_seen_time_dt: '2026-11-01T00:00:00Z',
      modified_time_dt: '2026-11-01T00:00:00Z',
    },
    metadata: {
      product: { name: 'Security Hub', uid: 'arn:aws:securityhub:eu-central-1::productv2/aws/securityhub' },
      uid: '1d24e917',
      version: '1.6.0',
    },
    resources: [
      {
        type: 'AWS::EC2::SecurityGroup',
        uid: 'sg-0123456789abcdef0',
        uid_alt: 'arn:aws:ec2:eu-central-1:222222222222:security-group/sg-0123456789abcdef0',
        cloud_partition: 'aws',
        region: 'eu-central-1',
        owner: { account: { uid: '222222222222' } },
      },
    ],
    severity: 'High',
    severity_id: 4,
    status: 'New',
    status_id: 1,
    ...fields,
  };
}
