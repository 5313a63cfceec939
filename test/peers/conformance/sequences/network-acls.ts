import type { Sequence, Step } from '../sequence';

const acl: readonly Step[] = [
  { call: 'ec2:CreateVpc', input: { CidrBlock: '10.8.0.0/16' }, keep: { vpc: 'Vpc.VpcId' }, compare: [] },
  { call: 'ec2:CreateNetworkAcl', input: { VpcId: '${vpc}' }, keep: { acl: 'NetworkAcl.NetworkAclId' } },
];
const now: Step = { call: 'ec2:DescribeNetworkAcls', as: 'the entries now', input: { NetworkAclIds: ['${acl}'] } };

function entry(as: string, more: object, call = 'ec2:CreateNetworkAclEntry'): Step {
  const tcp22 = { Protocol: '6', PortRange: { From: 22, To: 22 }, CidrBlock: '0.0.0.0/0' };
  const input = { NetworkAclId: '${acl}', RuleNumber: 100, Egress: false, RuleAction: 'allow', ...tcp22, ...more };
  return { call, as, input };
}
const replace = (as: string, more: object) => entry(as, more, 'ec2:ReplaceNetworkAclEntry');

export const networkAcls: readonly Sequence[] = [
  {
    name: 'entries of a network ACL',
    steps: [
      ...acl,
      { ...now, as: 'a new list denies' },
      entry('tcp 22', {}),
      entry('the same number in the other direction', { Egress: true }),
      entry('the same number again', { CidrBlock: '10.0.0.0/8' }),
      entry('all protocols, whose ports do not count', { RuleNumber: 110, Protocol: '-1' }),
      entry('udp', { RuleNumber: 120, Protocol: '17', RuleAction: 'deny' }),
      entry('icmp', { RuleNumber: 130, Protocol: '1', PortRange: undefined, IcmpTypeCode: { Type: -1, Code: -1 } }),
      entry('IPv6', { RuleNumber: 140, CidrBlock: undefined, Ipv6CidrBlock: '::/0' }),
      entry('the highest number', { RuleNumber: 32766 }),
      now,
      replace('in place', { PortRange: { From: 443, To: 443 } }),
      replace('one that is not there', { RuleNumber: 99 }),
      { ...now, as: 'the entries after replacing' },
      { call: 'ec2:DeleteNetworkAclEntry', input: { NetworkAclId: '${acl}', RuleNumber: 100, Egress: false } },
      {
        call: 'ec2:DeleteNetworkAclEntry',
        as: 'deleted already',
        input: { NetworkAclId: '${acl}', RuleNumber: 100, Egress: false },
      },
      { ...now, as: 'the entries after deleting' },
    ],
  },
  {
    name: 'replacing entries in place',
    steps: [
      ...acl,
      entry('every tcp port', { PortRange: { From: 0, To: 65535 } }),
      entry('the same number in the other direction', { Egress: true }),
      replace('by its last remainder', { PortRange: { From: 3390, To: 65535 } }),
      { ...now, as: 'the last remainder' },
      replace('by all protocols', { Protocol: '-1', PortRange: undefined }),
      replace('by a denial', { RuleAction: 'deny' }),
      replace('by icmp', { Protocol: '1', PortRange: undefined, IcmpTypeCode: { Type: -1, Code: -1 } }),
      replace('by IPv6', { CidrBlock: undefined, Ipv6CidrBlock: '::/0' }),
      { ...now, as: 'IPv6 in its place' },
      replace('one that leaves', { Egress: true, PortRange: { From: 443, To: 443 } }),
      replace('by tcp without ports', { PortRange: undefined }),
      replace('by no address', { CidrBlock: undefined }),
      replace('in a list that is not there', { NetworkAclId: 'acl-0123456789abcdef0' }),
      { ...now, as: 'what replacing has left' },
    ],
  },
  {
    name: 'entries that cannot be',
    steps: [
      ...acl,
      entry('number 0', { RuleNumber: 0 }),
      entry('a number too high', { RuleNumber: 32767 }),
      entry('tcp without ports', { RuleNumber: 101, PortRange: undefined }),
      entry('no address', { RuleNumber: 102, CidrBlock: undefined }),
      entry('an address that is none', { RuleNumber: 103, CidrBlock: '0.0.0.0.0/0' }),
      entry('a list that is not there', { NetworkAclId: 'acl-0123456789abcdef0' }),
      {
        call: 'ec2:DescribeNetworkAcls',
        as: 'a list that is not there either',
        input: { NetworkAclIds: ['acl-0123456789abcdef0'] },
      },
    ],
  },
  {
    name: 'the quota of entries',
    steps: [
      ...acl,
      ...Array.from({ length: 19 }, (_, index) => entry(`entry ${index + 1}`, { RuleNumber: index + 1 })),
      entry('one more', { RuleNumber: 21 }),
      entry('one of the other direction', { RuleNumber: 21, Egress: true }),
    ],
  },
  {
    name: 'default network ACL',
    steps: [
      ...acl,
      {
        call: 'ec2:DescribeNetworkAcls',
        as: 'of the VPC',
        input: {
          Filters: [
            { Name: 'vpc-id', Values: ['${vpc}'] },
            { Name: 'default', Values: ['true'] },
          ],
        },
        compare: ['NetworkAcls.0.Entries', 'NetworkAcls.0.IsDefault'],
      },
    ],
  },
];
