import { accepted, api, crashes, errors, guide, leftOut, outcome, type KnownDifference } from './known-difference';

const groups = 'ec2:DescribeSecurityGroups';

export const groupDifferences: readonly KnownDifference[] = [
  leftOut(
    [groups],
    'SecurityGroups[].IpPermissions[].PrefixListIds[].Description',
    api('PrefixListId'),
    'Descriptions of prefix lists are kept too.',
  ),
  leftOut(['ec2:DeleteSecurityGroup'], 'GroupId', api('DeleteSecurityGroup'), 'The answer names the group.'),
  leftOut(['ec2:DeleteSecurityGroup'], 'Return', api('DeleteSecurityGroup'), 'The answer says that it succeeded.'),
  leftOut(
    [groups],
    'SecurityGroups[].IpPermissions',
    guide('default-security-group'),
    'A default group lets itself in.',
    /"UserIdGroupPairs":\[\{"GroupId":"<sg 2>"/,
  ),
  {
    peer: 'moto',
    calls: ['ec2:CreateSecurityGroup'],
    steps: ['a reserved name'],
    path: outcome,
    sandbox: /^InvalidParameterValue$/,
    answer: /^InvalidGroup\.Duplicate$/,
    right: 'either',
    because:
      'All refuse it. The list of errors names InvalidGroup.Reserved; what EC2 answers for a VPC was not confirmed.',
    judge: errors,
  },
  accepted(
    'ec2:CreateSecurityGroup',
    ['a name like an id'],
    'InvalidParameterValue',
    api('CreateSecurityGroup'),
    'Names cannot begin with sg-.',
  ),
  accepted(
    'ec2:CreateSecurityGroup',
    ['a VPC that is not there'],
    'InvalidVpcID.NotFound',
    errors,
    'The VPC does not exist.',
  ),
  {
    peer: 'moto',
    calls: [groups],
    steps: ['an id that is none'],
    path: outcome,
    sandbox: /^InvalidGroupId\.Malformed$/,
    answer: /^InvalidGroup\.NotFound$/,
    right: 'sandbox',
    because: 'Malformed ids have an error of their own.',
    judge: errors,
  },
  accepted(
    'ec2:DeleteSecurityGroup',
    ['cannot be deleted'],
    'CannotDelete',
    errors,
    'The default group cannot be deleted.',
  ),
  accepted(
    'ec2:CreateTags',
    ['a reserved key'],
    'InvalidParameterValue',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html',
    'The prefix aws: is reserved.',
  ),
  crashes(
    groups,
    ['by ip-permission.ipv6-cidr', 'by a filter that is none'],
    api('DescribeSecurityGroups'),
    'Not implemented in moto.',
  ),
  accepted(
    'ec2:DeleteSecurityGroup',
    ['a group in use'],
    'DependencyViolation',
    api('DeleteSecurityGroup'),
    'A group that a network interface uses cannot be deleted.',
  ),
  accepted(
    'ec2:DescribeNetworkInterfaces',
    ['too few a page'],
    'InvalidParameterValue',
    api('DescribeNetworkInterfaces'),
    'MaxResults is 5 to 1000.',
  ),
];
