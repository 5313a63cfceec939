import { accepted, api, errors, leftOut, outcome, type KnownDifference } from './known-difference';

const revoke = 'ec2:RevokeSecurityGroupIngress';
const revoking = [revoke, 'ec2:RevokeSecurityGroupEgress'];
const rules = 'ec2:DescribeSecurityGroupRules';

export const revokingDifferences: readonly KnownDifference[] = [
  leftOut(
    revoking,
    'RevokedSecurityGroupRules',
    api('RevokeSecurityGroupIngress'),
    'The answer says what was revoked.',
  ),
  leftOut(
    ['ec2:UpdateSecurityGroupRuleDescriptionsIngress'],
    'Return',
    api('UpdateSecurityGroupRuleDescriptionsIngress'),
    'The answer says that it succeeded.',
  ),
  {
    peer: 'moto',
    calls: [revoke],
    steps: ['IPv6 written short'],
    path: outcome,
    sandbox: /^success$/,
    answer: /^InvalidPermission\.NotFound$/,
    right: 'sandbox',
    because: 'The same address in another spelling is the same rule.',
    judge: api('AuthorizeSecurityGroupIngress'),
  },
  {
    peer: 'moto',
    calls: [revoke],
    steps: [
      'another port',
      'a part of the range',
      'a wider range',
      'another protocol',
      'once more',
      'one that is there and one that is not',
    ],
    path: outcome,
    sandbox: /^success$/,
    answer: /^InvalidPermission\.NotFound$/,
    right: 'sandbox',
    because: 'In a default VPC the call succeeds, revokes what matches and answers UnknownIpPermissions.',
    judge: api('RevokeSecurityGroupIngress'),
  },
  {
    peer: 'moto',
    calls: [rules],
    steps: ['what is left in the default VPC'],
    path: 'SecurityGroupRules[]',
    sandbox: /^nothing$/,
    answer: /"CidrIpv4":"0\.0\.0\.0\/0","FromPort":22/,
    right: 'sandbox',
    because: 'The rule that the call above revoked.',
    judge: api('RevokeSecurityGroupIngress'),
  },
  {
    peer: 'moto',
    calls: revoking,
    steps: ['an id that is not there', 'an ingress rule as egress'],
    path: outcome,
    sandbox: /^InvalidSecurityGroupRuleId\.NotFound$/,
    answer: /^InvalidPermission\.NotFound$/,
    right: 'sandbox',
    because: 'Rule ids have an error of their own.',
    judge: errors,
  },
  accepted(
    'ec2:UpdateSecurityGroupRuleDescriptionsIngress',
    ['of a rule that is not there'],
    'InvalidPermission.NotFound',
    errors,
    'The rule does not exist.',
  ),
  accepted(
    'ec2:ModifySecurityGroupRules',
    ['every protocol and a port'],
    'InvalidParameterValue',
    api('SecurityGroupRuleRequest'),
    'Every protocol is every port: none can be named beside it.',
  ),
  accepted(
    'ec2:ModifySecurityGroupRules',
    ['another kind of source'],
    'InvalidParameterValue',
    api('ModifySecurityGroupRules'),
    'A rule keeps the kind of its source, IPv4, IPv6, prefix list or group.',
  ),
  accepted(
    'ec2:UpdateSecurityGroupRuleDescriptionsIngress',
    ['of every protocol and a port'],
    'InvalidParameterValue',
    'https://github.com/hashicorp/terraform-provider-aws/issues/1920',
    'EC2 answers that no from-port can be specified when the protocol is ALL, as quoted there.',
  ),
];
