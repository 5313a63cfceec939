import type { Sequence } from '../sequence';
import { asGroup, authorize, defaultVpcGroup, ownGroup, revoke, rules, tcp } from './security-group-steps';

export const revoking: readonly Sequence[] = [
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
];
