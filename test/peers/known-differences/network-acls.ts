import { accepted, api, crashes, errors, guide, type KnownDifference, leftOut, outcome } from './known-difference';

const acls = 'ec2:DescribeNetworkAcls';
const createEntry = 'ec2:CreateNetworkAclEntry';
export const networkAcls: readonly KnownDifference[] = [
  leftOut(
    ['ec2:CreateNetworkAcl'],
    'NetworkAcl.Entries',
    guide('custom-network-acl'),
    'A list ends with an entry that denies the rest.',
    /"RuleNumber":32767/,
  ),
  leftOut(
    [acls],
    'NetworkAcls[].Entries',
    guide('custom-network-acl'),
    'A list ends with an entry that denies the rest.',
    /"RuleNumber":32767/,
  ),
  leftOut(
    [acls],
    'NetworkAcls[].Entries[]',
    guide('custom-network-acl'),
    'A list ends with an entry that denies the rest.',
    /"RuleNumber":32767/,
  ),
  leftOut(
    [acls],
    'NetworkAcls[].Entries[].IcmpTypeCode',
    api('NetworkAclEntry'),
    'An entry for icmp tells type and code.',
  ),
  {
    peer: 'moto',
    calls: [acls],
    path: 'NetworkAcls[].Entries[].PortRange',
    sandbox: /^nothing$/,
    answer: /^\{"From":22,"To":22\}$/,
    right: 'sandbox',
    because: 'For protocol -1 ports do not count, whatever the request says.',
    judge: api('CreateNetworkAclEntry'),
  },
  crashes(
    'ec2:ReplaceNetworkAclEntry',
    ['one that is not there'],
    errors,
    'InvalidNetworkAclEntry.NotFound is documented.',
  ),
  crashes('ec2:DeleteNetworkAclEntry', ['deleted already'], errors, 'InvalidNetworkAclEntry.NotFound is documented.'),
  accepted(
    createEntry,
    ['number 0', 'a number too high', 'an address that is none'],
    'InvalidParameterValue',
    api('CreateNetworkAclEntry'),
    'Numbers are 1 to 32766; addresses are addresses.',
  ),
  accepted(
    createEntry,
    ['tcp without ports', 'no address'],
    'MissingParameter',
    api('CreateNetworkAclEntry'),
    'Ports are required for tcp and udp, and one address.',
  ),
  accepted(
    createEntry,
    ['one more'],
    'NetworkAclEntryLimitExceeded',
    guide('amazon-vpc-limits'),
    'Twenty entries a direction.',
  ),
  {
    peer: 'moto',
    calls: [acls],
    steps: ['a list that is not there either'],
    path: outcome,
    sandbox: /^InvalidNetworkAclID\.NotFound$/,
    answer: /^InvalidRouteTableID\.NotFound$/,
    right: 'sandbox',
    because: 'It is no route table.',
    judge: errors,
  },
];
