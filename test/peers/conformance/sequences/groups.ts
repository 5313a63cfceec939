import type { Sequence, Step } from '../sequence';
import { asGroup, authorize, ownGroup, rules, tcp, tcp6 } from './security-group-steps';

export const groups: readonly Sequence[] = [
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
];
