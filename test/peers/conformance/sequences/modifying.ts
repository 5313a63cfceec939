import type { Sequence, Step } from '../sequence';
import { authorize, ownGroup, revoke, rules, tcp } from './security-group-steps';

const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };

function modify(as: string, SecurityGroupRule: object): Step {
  return {
    call: 'ec2:ModifySecurityGroupRules',
    as,
    input: { GroupId: '${group}', SecurityGroupRules: [{ SecurityGroupRuleId: '${rule}', SecurityGroupRule }] },
  };
}

function describe(as: string, permission: object): Step {
  return {
    call: 'ec2:UpdateSecurityGroupRuleDescriptionsIngress',
    as,
    input: { GroupId: '${group}', IpPermissions: [permission] },
  };
}

/** What no rule can be changed into. */
const IMPOSSIBLE: readonly (readonly [as: string, changed: object])[] = [
  ['every protocol and a port', { IpProtocol: '-1', FromPort: 0, ToPort: 0, CidrIpv4: '10.0.0.0/8' }],
  ['another kind of source', { ...ssh, CidrIpv6: '::/0' }],
  ['two sources', { ...ssh, CidrIpv4: '10.0.0.0/8', CidrIpv6: '::/0' }],
  ['no source', ssh],
];

export const modifying: readonly Sequence[] = [
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
    name: 'modifying into what no rule can be',
    // A group for each: where the other one takes it, what it then holds is no matter of the next.
    steps: IMPOSSIBLE.flatMap(([as, changed]) => [
      ...ownGroup(`into ${as}`),
      {
        ...authorize('a rule', tcp(22, 22, '0.0.0.0/0')),
        keep: { rule: 'SecurityGroupRules.0.SecurityGroupRuleId' },
      },
      modify(as, changed),
    ]),
  },
  {
    name: 'a description of every protocol and a port',
    steps: [
      ...ownGroup('described'),
      authorize('every protocol', { IpProtocol: '-1', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }),
      describe('of every protocol and a port', {
        IpProtocol: '-1',
        FromPort: 0,
        ToPort: 0,
        IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'new' }],
      }),
    ],
  },
];
