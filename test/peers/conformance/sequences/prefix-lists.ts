import type { Sequence, Step } from '../sequence';

const shown = ['PrefixListName', 'AddressFamily', 'MaxEntries', 'Version', 'OwnerId'].map(
  (field) => `PrefixList.${field}`,
);
const create: Step = {
  call: 'ec2:CreateManagedPrefixList',
  input: {
    PrefixListName: 'partners',
    AddressFamily: 'IPv4',
    MaxEntries: 10,
    Entries: [{ Cidr: '198.51.100.0/24', Description: 'one' }, { Cidr: '203.0.113.0/24' }],
  },
  keep: { list: 'PrefixList.PrefixListId' },
  compare: shown,
};
const entries: Step = {
  call: 'ec2:GetManagedPrefixListEntries',
  as: 'the entries now',
  input: { PrefixListId: '${list}' },
};
const modify = (as: string, more: object): Step => ({
  call: 'ec2:ModifyManagedPrefixList',
  as,
  input: { PrefixListId: '${list}', CurrentVersion: 1, ...more },
  compare: shown,
});

export const prefixLists: readonly Sequence[] = [
  {
    name: 'prefix lists and their versions',
    steps: [
      create,
      entries,
      { call: 'ec2:DescribeManagedPrefixLists', input: { PrefixListIds: ['${list}'] } },
      modify('a new entry', { AddEntries: [{ Cidr: '192.0.2.0/24' }] }),
      modify('on an old version', { AddEntries: [{ Cidr: '192.0.3.0/24' }] }),
      modify('one entry less', { CurrentVersion: 2, RemoveEntries: [{ Cidr: '203.0.113.0/24' }] }),
      { ...entries, as: 'the entries after modifying' },
      { ...entries, as: 'the first version', input: { ...entries.input, TargetVersion: 1 } },
      { ...entries, as: 'a list that is not there', input: { PrefixListId: 'pl-0123456789abcdef0' } },
      {
        call: 'ec2:DescribeManagedPrefixLists',
        as: 'a list that is not there either',
        input: { PrefixListIds: ['pl-0123456789abcdef0'] },
      },
    ],
  },
  {
    name: 'prefix lists of IPv6',
    steps: [
      {
        ...create,
        input: { PrefixListName: 'six', AddressFamily: 'IPv6', MaxEntries: 2, Entries: [{ Cidr: '2001:db8::/32' }] },
      },
      entries,
      {
        ...create,
        as: 'more entries than there is room for',
        input: {
          PrefixListName: 'full',
          AddressFamily: 'IPv4',
          MaxEntries: 1,
          Entries: [{ Cidr: '10.0.0.0/8' }, { Cidr: '172.16.0.0/12' }],
        },
      },
    ],
  },
  {
    name: 'a prefix list read by its version, as Portcullis does',
    steps: [
      create,
      modify('a new entry', { AddEntries: [{ Cidr: '0.0.0.0/0' }] }),
      {
        call: 'ec2:DescribeManagedPrefixLists',
        as: 'the version now',
        input: { PrefixListIds: ['${list}'] },
        compare: ['PrefixLists[].Version', 'PrefixLists[].PrefixListId', 'PrefixLists[].AddressFamily'],
      },
      ...[1, 2].map((TargetVersion): Step => ({
        ...entries,
        as: `version ${TargetVersion}, to the end`,
        input: { ...entries.input, TargetVersion, MaxResults: 100 },
        pagesOf: 'Entries',
      })),
      { ...entries, as: 'a version that is not there', input: { ...entries.input, TargetVersion: 3 } },
      modify('changed while somebody reads', { CurrentVersion: 2, RemoveEntries: [{ Cidr: '0.0.0.0/0' }] }),
      { ...entries, as: 'the version from before', input: { ...entries.input, TargetVersion: 2 } },
    ],
  },
  {
    name: 'pages of prefix-list entries',
    steps: [
      {
        ...create,
        input: {
          PrefixListName: 'long',
          AddressFamily: 'IPv4',
          MaxEntries: 50,
          Entries: Array.from({ length: 7 }, (_, index) => ({ Cidr: `10.${index}.0.0/16` })),
        },
      },
      { ...entries, as: 'three a page', input: { ...entries.input, MaxResults: 3 }, pagesOf: 'Entries' },
      { ...entries, as: 'too many a page', input: { ...entries.input, MaxResults: 101 } },
    ],
  },
];
