import type { KnownDifference } from './known-differences/known-difference';
import { networkAcls } from './known-differences/network-acls';
import { identity, others } from './known-differences/other-services';
import { prefixLists } from './known-differences/prefix-lists';
import { securityGroups } from './known-differences/security-groups';

/** All differences that are allowed to be: every other one fails, and so does one of these that no longer shows. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  ...securityGroups,
  ...networkAcls,
  ...prefixLists,
  ...identity,
  ...others,
];
