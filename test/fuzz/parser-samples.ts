import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const GROUP = 'sg-0aaaaaaaaaaaaaaa1';

const SSH = {
  SecurityGroupRuleId: 'sgr-0aaaaaaaaaaaaaaa1',
  GroupId: GROUP,
  GroupOwnerId: '222222222222',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  CidrIpv4: '0.0.0.0/0',
  Description: 'for now',
  Tags: [{ Key: 'owner', Value: 'web' }],
};

/** What the AWS CLI prints for describe-security-group-rules, describe-security-groups and describe-network-acls. */
export const TARGET_SAMPLES: readonly unknown[] = [
  {
    SecurityGroupRules: [
      SSH,
      { ...SSH, SecurityGroupRuleId: 'sgr-2', CidrIpv4: undefined, CidrIpv6: '::/0', FromPort: 20, ToPort: 25 },
      { ...SSH, SecurityGroupRuleId: 'sgr-3', CidrIpv4: undefined, PrefixListId: 'pl-0aaaaaaaaaaaaaaa1' },
      { ...SSH, SecurityGroupRuleId: 'sgr-4', IpProtocol: '-1', FromPort: -1, ToPort: -1 },
      {
        ...SSH,
        SecurityGroupRuleId: 'sgr-5',
        CidrIpv4: undefined,
        ReferencedGroupInfo: { GroupId: 'sg-0bbbbbbbbbbbbbbb2', UserId: '333333333333' },
      },
    ],
  },
  {
    SecurityGroups: [
      {
        GroupId: GROUP,
        GroupName: 'web',
        Description: 'Web servers',
        OwnerId: '222222222222',
        VpcId: 'vpc-0aaaaaaaaaaaaaaa1',
        Tags: [{ Key: 'env', Value: 'prod' }],
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 0,
            ToPort: 65535,
            IpRanges: [{ CidrIp: '0.0.0.0/1' }, { CidrIp: '128.0.0.0/1', Description: 'the other half' }],
            Ipv6Ranges: [{ CidrIpv6: '::/0' }],
            PrefixListIds: [{ PrefixListId: 'pl-0aaaaaaaaaaaaaaa1' }],
            UserIdGroupPairs: [{ GroupId: 'sg-0bbbbbbbbbbbbbbb2', UserId: '222222222222' }],
          },
          { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
        ],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
    ],
  },
  {
    NetworkAcls: [
      {
        NetworkAclId: 'acl-0aaaaaaaaaaaaaaa1',
        IsDefault: false,
        OwnerId: '222222222222',
        VpcId: 'vpc-0aaaaaaaaaaaaaaa1',
        Associations: [{ NetworkAclAssociationId: 'aclassoc-1', SubnetId: 'subnet-1' }],
        Tags: [],
        Entries: [
          {
            CidrBlock: '0.0.0.0/0',
            Egress: false,
            PortRange: { From: 22, To: 22 },
            Protocol: '6',
            RuleAction: 'allow',
            RuleNumber: 100,
          },
          { Ipv6CidrBlock: '::/0', Egress: false, Protocol: '-1', RuleAction: 'allow', RuleNumber: 101 },
          {
            CidrBlock: '0.0.0.0/0',
            Egress: true,
            IcmpTypeCode: { Type: 8, Code: -1 },
            Protocol: '1',
            RuleAction: 'deny',
            RuleNumber: 32767,
          },
        ],
      },
    ],
  },
];

const CONTROL = { controls: ['EC2.13'], reason: 'tcp 22 from 0.0.0.0/0' };

export const RECORD_SAMPLES: readonly unknown[] = [
  {
    remediationId: 'rem-0123456789abcdef',
    target: { kind: 'security-group', partition: 'aws', account: '222222222222', region: 'eu-central-1', id: GROUP },
    action: 'close',
    trigger: 'custom-action',
    decidedBy: 'custom action "Close ingress"',
    findings: [
      {
        id: 'finding-1',
        productArn: 'arn:aws:securityhub:eu-central-1::product/aws/securityhub',
        control: 'EC2.13',
        firstObservedAt: '2026-10-01T06:00:00.000Z',
        previousNote: { text: 'Known.', updatedBy: 'kim', updatedAt: '2026-10-02T06:00:00.000Z' },
      },
    ],
    startedAt: '2026-11-01T06:00:00.000Z',
    finishedAt: '2026-11-01T06:01:00.000Z',
    outcome: 'closed',
    reason: 'Revoked tcp 22 from 0.0.0.0/0.',
    before: { kind: 'security-group', id: GROUP, name: 'web', tags: [], rules: [SSH], prefixLists: {} },
    plan: {
      violations: [{ ...CONTROL, ruleId: 'sgr-0aaaaaaaaaaaaaaa1', how: 'open' }],
      steps: [{ call: 'RevokeSecurityGroupIngress', rules: [SSH] }],
      remaining: [],
      ask: [],
      remarks: [],
    },
    runs: [
      {
        executionId: 'execution-1',
        runId: 'rem-0123456789abcdef/0.0',
        step: { call: 'RevokeSecurityGroupIngress', rules: [SSH] },
        startedAt: '2026-11-01T06:00:10.000Z',
        end: 'effect-seen',
      },
    ],
    after: [],
  },
];

export const CONFIGURATION_SAMPLES: readonly unknown[] = [
  parse(readFileSync(join(__dirname, '..', '..', 'portcullis.example.yaml'), 'utf8')),
];

export const PARAMETER_SAMPLES: readonly unknown[] = [
  [
    { Name: 'authorizedTcpPorts', Value: ['80', '443', '1020-1025'] },
    { Name: 'authorizedUdpPorts', Value: ['53, 123'] },
  ],
];

export const CIDR_SAMPLES: readonly unknown[] = [
  '0.0.0.0/0',
  '203.0.113.0/24',
  '::/0',
  '2001:db8::/32',
  '::ffff:1.2.3.4/128',
];

export const RESTORED_SAMPLES: readonly unknown[] = [
  [{ rule: SSH, remediationId: 'rem-0123456789abcdef', at: '2026-11-01T06:00:00.000Z' }],
];

export const EXECUTION_SAMPLES: readonly unknown[] = [
  {
    target: { kind: 'security-group', partition: 'aws', account: '222222222222', region: 'eu-central-1', id: GROUP },
    generation: 1,
  },
  {
    target: {
      kind: 'network-acl',
      partition: 'aws-us-gov',
      account: '222222222222',
      region: 'us-gov-west-1',
      id: 'acl-0123456789abcdef0',
    },
    generation: 7,
  },
];
