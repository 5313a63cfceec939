import type { Sequence, Step } from '../sequence';

/** A group of its own VPC, kept as `group`, or of the default VPC. */
function ownGroup(name: string): readonly Step[] {
  return [
    {
      call: 'ec2:CreateVpc',
      input: { CidrBlock: '10.7.0.0/16' },
      keep: { vpc: 'Vpc.VpcId' },
      compare: ['Vpc.CidrBlock', 'Vpc.IsDefault', 'Vpc.OwnerId'],
    },
    {
      call: 'ec2:CreateSecurityGroup',
      input: { GroupName: name, Description: 'A group', VpcId: '${vpc}' },
      keep: { group: 'GroupId' },
    },
  ];
}

function defaultVpcGroup(name: string): readonly Step[] {
  return [
    { call: 'ec2:CreateSecurityGroup', input: { GroupName: name, Description: 'A group' }, keep: { group: 'GroupId' } },
  ];
}

function authorize(as: string, permission: object, more: object = {}): Step {
  return {
    call: 'ec2:AuthorizeSecurityGroupIngress',
    as,
    input: { GroupId: '${group}', IpPermissions: [permission], ...more },
  };
}

function revoke(as: string, ...permissions: readonly object[]): Step {
  return { call: 'ec2:RevokeSecurityGroupIngress', as, input: { GroupId: '${group}', IpPermissions: permissions } };
}

const rules: Step = {
  call: 'ec2:DescribeSecurityGroupRules',
  as: 'the rules now',
  input: { Filters: [{ Name: 'group-id', Values: ['${group}'] }] },
};
const asGroup: Step = { call: 'ec2:DescribeSecurityGroups', as: 'the group now', input: { GroupIds: ['${group}'] } };

const tcp = (from: number, to: number, ...sources: readonly string[]) => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  IpRanges: sources.map((CidrIp) => ({ CidrIp })),
});
const tcp6 = (from: number, to: number, ...sources: readonly string[]) => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  Ipv6Ranges: sources.map((CidrIpv6) => ({ CidrIpv6 })),
});

export const securityGroups: readonly Sequence[] = [
  {
    name: 'a group of an own VPC',
    steps: [
      ...ownGroup('own'),
      asGroup,
      rules,
      {
        call: 'ec2:CreateSecurityGroup',
        as: 'the same name again',
        input: { GroupName: 'own', Description: 'Twice', VpcId: '${vpc}' },
      },
      {
        call: 'ec2:CreateSecurityGroup',
        as: 'a reserved name',
        input: { GroupName: 'default', Description: 'x', VpcId: '${vpc}' },
      },
      {
        call: 'ec2:CreateSecurityGroup',
        as: 'a name like an id',
        input: { GroupName: 'sg-mine', Description: 'x', VpcId: '${vpc}' },
      },
      {
        call: 'ec2:CreateSecurityGroup',
        as: 'a VPC that is not there',
        input: { GroupName: 'x', Description: 'x', VpcId: 'vpc-0123456789abcdef0' },
      },
      {
        call: 'ec2:DescribeSecurityGroups',
        as: 'an id that is not there',
        input: { GroupIds: ['sg-0123456789abcdef0'] },
      },
      { call: 'ec2:DescribeSecurityGroups', as: 'an id that is none', input: { GroupIds: ['group'] } },
      { call: 'ec2:DeleteSecurityGroup', input: { GroupId: '${group}' } },
      { call: 'ec2:DescribeSecurityGroups', as: 'deleted', input: { GroupIds: ['${group}'] } },
      { call: 'ec2:DeleteSecurityGroup', as: 'deleted already', input: { GroupId: '${group}' } },
    ],
  },
  {
    name: 'the default group of an own VPC',
    steps: [
      ...ownGroup('beside-default'),
      {
        call: 'ec2:DescribeSecurityGroups',
        as: 'the default group',
        input: {
          Filters: [
            { Name: 'vpc-id', Values: ['${vpc}'] },
            { Name: 'group-name', Values: ['default'] },
          ],
        },
        keep: { group: 'SecurityGroups.0.GroupId' },
      },
      { call: 'ec2:DeleteSecurityGroup', as: 'cannot be deleted', input: { GroupId: '${group}' } },
    ],
  },
  {
    name: 'authorizing, and describing what is there',
    steps: [
      ...ownGroup('authorizing'),
      authorize('one rule', tcp(22, 22, '0.0.0.0/0')),
      authorize('two sources, one with a description', {
        ...tcp(443, 443, '10.0.0.0/8'),
        IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'office' }, { CidrIp: '192.168.0.0/16' }],
      }),
      authorize('IPv6', tcp6(22, 22, '::/0')),
      authorize('IPv6 with a description', {
        ...tcp6(443, 443),
        Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32', Description: 'the lab' }],
      }),
      authorize('both families in one permission', {
        ...tcp(8443, 8443, '198.51.100.0/24'),
        Ipv6Ranges: [{ CidrIpv6: '2001:db8:1::/48' }],
      }),
      authorize('all protocols', { IpProtocol: '-1', IpRanges: [{ CidrIp: '10.1.0.0/16' }] }),
      authorize('all protocols with ports, which do not count', {
        IpProtocol: '-1',
        FromPort: 22,
        ToPort: 22,
        IpRanges: [{ CidrIp: '10.2.0.0/16' }],
      }),
      authorize('ping', { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }),
      authorize('all of icmp', { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, IpRanges: [{ CidrIp: '10.3.0.0/16' }] }),
      authorize('icmpv6', {
        IpProtocol: 'icmpv6',
        FromPort: -1,
        ToPort: -1,
        Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
      }),
      authorize('its own group as a source', {
        IpProtocol: 'tcp',
        FromPort: 5432,
        ToPort: 5432,
        UserIdGroupPairs: [{ GroupId: '${group}', Description: 'replicas' }],
      }),
      rules,
      asGroup,
    ],
  },
  {
    name: 'protocol numbers and names',
    steps: [
      ...ownGroup('protocols'),
      authorize('6 is tcp', { ...tcp(22, 22, '10.0.0.0/8'), IpProtocol: '6' }),
      authorize('tcp is 6, and there already', tcp(22, 22, '10.0.0.0/8')),
      authorize('17 is udp', { ...tcp(53, 53, '10.0.0.0/8'), IpProtocol: '17' }),
      authorize('1 is icmp', { IpProtocol: '1', FromPort: -1, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }),
      authorize('58 is icmpv6', {
        IpProtocol: '58',
        FromPort: -1,
        ToPort: -1,
        Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
      }),
      rules,
      asGroup,
      authorize('50 has no ports', { IpProtocol: '50', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }),
      revoke('6 revokes tcp', { ...tcp(22, 22, '10.0.0.0/8'), IpProtocol: '6' }),
      revoke('udp revokes 17', { ...tcp(53, 53, '10.0.0.0/8'), IpProtocol: 'udp' }),
      { ...rules, as: 'what is left' },
    ],
  },
  {
    name: 'what cannot be authorized',
    steps: [
      ...ownGroup('refused'),
      authorize('ports the wrong way round', tcp(25, 20, '10.0.0.0/8')),
      authorize('a port too high', tcp(0, 65536, '10.0.0.0/8')),
      authorize('a negative port', tcp(-2, 22, '10.0.0.0/8')),
      authorize('tcp without ports', { IpProtocol: 'tcp', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }),
      authorize('a protocol that is none', { ...tcp(22, 22, '10.0.0.0/8'), IpProtocol: 'tpc' }),
      authorize('an address that is none', tcp(22, 22, '10.0.0.0.0/8')),
      authorize('an IPv6 address that is none', tcp6(22, 22, '2001::db8::/32')),
      authorize('a prefix too long', tcp(22, 22, '10.0.0.0/33')),
      authorize('an address without a prefix', tcp(22, 22, '10.0.0.1')),
      authorize('no source', tcp(22, 22)),
      authorize('a group that is not there', {
        ...tcp(22, 22),
        UserIdGroupPairs: [{ GroupId: 'sg-0123456789abcdef0' }],
      }),
      authorize('a prefix list that is not there', {
        ...tcp(22, 22),
        PrefixListIds: [{ PrefixListId: 'pl-0123456789abcdef0' }],
      }),
      authorize('a description with other letters', {
        ...tcp(22, 22),
        IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'Büro' }],
      }),
      {
        ...authorize('a group that is not there itself', tcp(22, 22, '10.0.0.0/8')),
        input: { GroupId: 'sg-0123456789abcdef0', IpPermissions: [tcp(22, 22, '10.0.0.0/8')] },
      },
      { ...authorize('nothing', {}), input: { GroupId: '${group}' } },
    ],
  },
  {
    name: 'host bits and spellings of addresses',
    steps: [
      ...ownGroup('canonical'),
      authorize('host bits set', tcp(22, 22, '10.1.2.3/8')),
      rules,
      authorize('IPv6 written out', tcp6(22, 22, '2001:0db8:0000:0000:0000:0000:0000:0000/32')),
      { ...rules, as: 'the rules with IPv6' },
      revoke('IPv6 written short', tcp6(22, 22, '2001:db8::/32')),
    ],
  },
  {
    name: 'duplicates',
    steps: [
      ...ownGroup('duplicates'),
      authorize('a rule', tcp(22, 22, '0.0.0.0/0')),
      authorize('the same again', tcp(22, 22, '0.0.0.0/0')),
      authorize('the same with another description', {
        ...tcp(22, 22),
        IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'again' }],
      }),
      authorize('a part of it, which is another rule', tcp(22, 22, '0.0.0.0/1')),
      authorize('a wider range, which is another rule', tcp(20, 25, '0.0.0.0/0')),
      rules,
      authorize('a new one and the same', tcp(22, 22, '10.0.0.0/8', '0.0.0.0/0')),
      { ...rules, as: 'nothing came of a new one and the same' },
    ],
  },
  ...(
    [
      ['an own VPC', ownGroup('revoking')],
      ['the default VPC', defaultVpcGroup('revoking')],
    ] as const
  ).map(([where, group]): Sequence => ({
    name: `revoking in ${where}`,
    steps: [
      ...group,
      authorize('what is there', tcp(22, 22, '0.0.0.0/0', '10.0.0.0/8')),
      authorize('with a description', {
        ...tcp(3389, 3389),
        IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'for now' }],
      }),
      revoke('another port', tcp(23, 23, '0.0.0.0/0')),
      revoke('a part of the range', tcp(22, 22, '0.0.0.0/1')),
      revoke('a wider range', tcp(20, 25, '0.0.0.0/0')),
      revoke('another protocol', { ...tcp(22, 22, '0.0.0.0/0'), IpProtocol: 'udp' }),
      rules,
      revoke('exactly, without the description', tcp(3389, 3389, '0.0.0.0/0')),
      revoke('once more', tcp(3389, 3389, '0.0.0.0/0')),
      revoke('one that is there and one that is not', tcp(22, 22, '0.0.0.0/0', '172.16.0.0/12')),
      { ...rules, as: `what is left in ${where}` },
    ],
  })),
  {
    name: 'revoking by id',
    steps: [
      ...ownGroup('by-id'),
      { ...authorize('a rule', tcp(22, 22, '0.0.0.0/0')), keep: { rule: 'SecurityGroupRules.0.SecurityGroupRuleId' } },
      {
        call: 'ec2:RevokeSecurityGroupIngress',
        as: 'an id that is not there',
        input: { GroupId: '${group}', SecurityGroupRuleIds: ['sgr-0123456789abcdef0'] },
      },
      {
        call: 'ec2:RevokeSecurityGroupEgress',
        as: 'an ingress rule as egress',
        input: { GroupId: '${group}', SecurityGroupRuleIds: ['${rule}'] },
      },
      {
        call: 'ec2:RevokeSecurityGroupIngress',
        as: 'the rule',
        input: { GroupId: '${group}', SecurityGroupRuleIds: ['${rule}'] },
      },
      rules,
    ],
  },
  {
    name: 'egress',
    steps: [
      ...ownGroup('egress'),
      {
        call: 'ec2:AuthorizeSecurityGroupEgress',
        input: { GroupId: '${group}', IpPermissions: [tcp(443, 443, '0.0.0.0/0')] },
      },
      {
        call: 'ec2:AuthorizeSecurityGroupEgress',
        as: 'the same again',
        input: { GroupId: '${group}', IpPermissions: [tcp(443, 443, '0.0.0.0/0')] },
      },
      {
        call: 'ec2:RevokeSecurityGroupEgress',
        as: 'the rule that a group begins with',
        input: { GroupId: '${group}', IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] },
      },
      revoke('an egress rule as ingress', tcp(443, 443, '0.0.0.0/0')),
      rules,
      asGroup,
    ],
  },
  {
    name: 'modifying',
    steps: [
      ...ownGroup('modifying'),
      { ...authorize('a rule', tcp(22, 22, '0.0.0.0/0')), keep: { rule: 'SecurityGroupRules.0.SecurityGroupRuleId' } },
      authorize('another', tcp(23, 23, '10.0.0.0/8')),
      {
        call: 'ec2:ModifySecurityGroupRules',
        as: 'narrowed',
        input: {
          GroupId: '${group}',
          SecurityGroupRules: [
            {
              SecurityGroupRuleId: '${rule}',
              SecurityGroupRule: {
                IpProtocol: 'tcp',
                FromPort: 22,
                ToPort: 22,
                CidrIpv4: '203.0.113.0/24',
                Description: 'narrowed',
              },
            },
          ],
        },
      },
      rules,
      {
        call: 'ec2:ModifySecurityGroupRules',
        as: 'a rule that is not there',
        input: {
          GroupId: '${group}',
          SecurityGroupRules: [
            {
              SecurityGroupRuleId: 'sgr-0123456789abcdef0',
              SecurityGroupRule: { IpProtocol: 'tcp', FromPort: 1, ToPort: 1, CidrIpv4: '10.0.0.0/8' },
            },
          ],
        },
      },
      revoke('the old permission', tcp(22, 22, '0.0.0.0/0')),
      revoke('the new permission', tcp(22, 22, '203.0.113.0/24')),
    ],
  },
  {
    name: 'descriptions',
    steps: [
      ...ownGroup('descriptions'),
      authorize('a rule', tcp(22, 22, '10.0.0.0/8')),
      {
        call: 'ec2:UpdateSecurityGroupRuleDescriptionsIngress',
        as: 'by permission',
        input: {
          GroupId: '${group}',
          IpPermissions: [{ ...tcp(22, 22), IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'new' }] }],
        },
      },
      rules,
      {
        call: 'ec2:UpdateSecurityGroupRuleDescriptionsIngress',
        as: 'of a rule that is not there',
        input: {
          GroupId: '${group}',
          IpPermissions: [{ ...tcp(24, 24), IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'new' }] }],
        },
      },
    ],
  },
  {
    name: 'tags on groups and rules',
    steps: [
      ...ownGroup('tags'),
      {
        ...authorize('with tags', tcp(22, 22, '10.0.0.0/8', '172.16.0.0/12'), {
          TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'owner', Value: 'web' }] }],
        }),
        keep: { rule: 'SecurityGroupRules.0.SecurityGroupRuleId' },
      },
      rules,
      {
        call: 'ec2:CreateTags',
        as: 'on a group',
        input: {
          Resources: ['${group}'],
          Tags: [
            { Key: 'stage', Value: 'prod' },
            { Key: 'empty', Value: '' },
          ],
        },
      },
      asGroup,
      {
        call: 'ec2:CreateTags',
        as: 'on what is not there',
        input: { Resources: ['sg-0123456789abcdef0'], Tags: [{ Key: 'a', Value: 'b' }] },
      },
      { call: 'ec2:DescribeTags', input: { Filters: [{ Name: 'resource-id', Values: ['${group}'] }] } },
      {
        call: 'ec2:DeleteTags',
        as: 'with another value',
        input: { Resources: ['${group}'], Tags: [{ Key: 'stage', Value: 'test' }] },
      },
      {
        call: 'ec2:DeleteTags',
        as: 'with the key alone',
        input: { Resources: ['${group}'], Tags: [{ Key: 'empty' }] },
      },
      { ...asGroup, as: 'the tags that are left' },
      {
        call: 'ec2:DescribeSecurityGroupRules',
        as: 'by tag',
        input: { Filters: [{ Name: 'tag:owner', Values: ['web'] }] },
      },
      {
        call: 'ec2:DescribeSecurityGroups',
        as: 'groups by tag',
        input: { Filters: [{ Name: 'tag:stage', Values: ['prod', 'test'] }] },
      },
      {
        call: 'ec2:DescribeSecurityGroups',
        as: 'groups by tag key',
        input: { Filters: [{ Name: 'tag-key', Values: ['stage'] }] },
      },
      {
        call: 'ec2:CreateTags',
        as: 'a reserved key',
        input: { Resources: ['${group}'], Tags: [{ Key: 'aws:thing', Value: 'b' }] },
      },
    ],
  },
  {
    name: 'prefix lists as sources',
    steps: [
      ...ownGroup('by-list'),
      {
        call: 'ec2:CreateManagedPrefixList',
        input: {
          PrefixListName: 'partners',
          AddressFamily: 'IPv4',
          MaxEntries: 3,
          Entries: [{ Cidr: '198.51.100.0/24' }],
        },
        keep: { list: 'PrefixList.PrefixListId' },
        compare: [
          'PrefixList.PrefixListName',
          'PrefixList.AddressFamily',
          'PrefixList.MaxEntries',
          'PrefixList.Version',
          'PrefixList.OwnerId',
        ],
      },
      authorize('from the list', {
        ...tcp(22, 22),
        PrefixListIds: [{ PrefixListId: '${list}', Description: 'partners' }],
      }),
      authorize('from the list again', { ...tcp(22, 22), PrefixListIds: [{ PrefixListId: '${list}' }] }),
      rules,
      asGroup,
      revoke('the list', { ...tcp(22, 22), PrefixListIds: [{ PrefixListId: '${list}' }] }),
      { ...rules, as: 'what is left' },
    ],
  },
  {
    name: 'filters of groups',
    account: '333333333333',
    steps: [
      ...ownGroup('filtered'),
      authorize('ssh', tcp(22, 22, '0.0.0.0/0')),
      authorize('web over IPv6', tcp6(443, 443, '::/0')),
      ...(
        [
          ['ip-permission.cidr', '0.0.0.0/0'],
          ['ip-permission.ipv6-cidr', '::/0'],
          ['ip-permission.from-port', '22'],
          ['ip-permission.to-port', '443'],
          ['ip-permission.protocol', 'tcp'],
          ['egress.ip-permission.cidr', '0.0.0.0/0'],
          ['group-name', 'filt*'],
          ['group-id', '${group}'],
          ['description', 'A group'],
          ['owner-id', '333333333333'],
        ] as const
      ).map(([Name, value]): Step => ({
        call: 'ec2:DescribeSecurityGroups',
        as: `by ${Name}`,
        input: {
          Filters: [
            { Name: 'vpc-id', Values: ['${vpc}'] },
            { Name, Values: [value] },
          ],
        },
      })),
      {
        call: 'ec2:DescribeSecurityGroups',
        as: 'by a filter that is none',
        input: { Filters: [{ Name: 'colour', Values: ['red'] }] },
      },
      {
        call: 'ec2:DescribeSecurityGroupRules',
        as: 'rules of a group that is not there',
        input: { Filters: [{ Name: 'group-id', Values: ['sg-0123456789abcdef0'] }] },
      },
      {
        call: 'ec2:DescribeSecurityGroupRules',
        as: 'a rule id that is not there',
        input: { SecurityGroupRuleIds: ['sgr-0123456789abcdef0'] },
      },
    ],
  },
  {
    name: 'pages of rules',
    steps: [
      ...ownGroup('pages'),
      authorize('eleven rules', tcp(22, 22, ...Array.from({ length: 11 }, (_, index) => `10.${index}.0.0/16`))),
      { ...rules, as: 'five a page', input: { ...rules.input, MaxResults: 5 }, pagesOf: 'SecurityGroupRules' },
      { ...rules, as: 'four a page, which are too few', input: { ...rules.input, MaxResults: 4 } },
      { ...rules, as: 'too many a page', input: { ...rules.input, MaxResults: 1001 } },
    ],
  },
  {
    name: 'rule quota',
    steps: [
      ...ownGroup('quota'),
      authorize('sixty rules', tcp(22, 22, ...Array.from({ length: 60 }, (_, index) => `10.${index}.0.0/16`))),
      authorize('one more', tcp(22, 22, '192.168.0.0/16')),
      authorize('one of the other family', tcp6(22, 22, '2001:db8::/32')),
    ],
  },
];
