import { accepted, api, errors, type KnownDifference, leftOut } from './known-difference';

const entries = 'ec2:GetManagedPrefixListEntries';
const modifyList = 'ec2:ModifyManagedPrefixList';
export const prefixLists: readonly KnownDifference[] = [
  leftOut([modifyList], 'PrefixList.PrefixListName', api('ManagedPrefixList'), 'A change of entries leaves the name.'),
  accepted(
    modifyList,
    ['on an old version'],
    'PrefixListVersionMismatch',
    errors,
    'CurrentVersion guards against changes in between.',
  ),
  {
    peer: 'moto',
    calls: [modifyList],
    steps: ['one entry less'],
    path: 'PrefixList.Version',
    sandbox: /^3$/,
    answer: /^4$/,
    right: 'sandbox',
    because: 'The change on an old version, which moto let through, made a version.',
    judge: errors,
  },
  accepted(
    entries,
    ['a list that is not there'],
    'InvalidPrefixListID.NotFound',
    errors,
    'The prefix list does not exist.',
  ),
  accepted(
    'ec2:DescribeManagedPrefixLists',
    ['a list that is not there either'],
    'InvalidPrefixListID.NotFound',
    errors,
    'The prefix list does not exist.',
  ),
  accepted(
    'ec2:CreateManagedPrefixList',
    ['more entries than there is room for'],
    'PrefixListMaxEntriesExceeded',
    errors,
    'MaxEntries is a limit.',
  ),
  {
    peer: 'moto',
    calls: [entries],
    steps: ['three a page'],
    path: 'pageSizes',
    sandbox: /^"3 3 1"$/,
    answer: /^"7"$/,
    right: 'sandbox',
    because: 'MaxResults is honoured.',
    judge: api('GetManagedPrefixListEntries'),
  },
  accepted(
    entries,
    ['too many a page'],
    'InvalidParameterValue',
    api('GetManagedPrefixListEntries'),
    'MaxResults is 1 to 100.',
  ),
];
