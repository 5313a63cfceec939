import type { Sequence } from '../sequence';
import { asGroup, authorize, ownGroup, revoke, rules, tcp, tcp6 } from './security-group-steps';

export const authorizing: readonly Sequence[] = [
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
    name: 'rule quota',
    steps: [
      ...ownGroup('quota'),
      authorize('sixty rules', tcp(22, 22, ...Array.from({ length: 60 }, (_, index) => `10.${index}.0.0/16`))),
      authorize('one more', tcp(22, 22, '192.168.0.0/16')),
      authorize('one of the other family', tcp6(22, 22, '2001:db8::/32')),
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
];
