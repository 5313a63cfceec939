import { authorizingDifferences } from './known-differences/authorizing';
import { groupDifferences } from './known-differences/groups';
import type { KnownDifference } from './known-differences/known-difference';
import { networkAclDifferences } from './known-differences/network-acls';
import { identityDifferences, otherDifferences } from './known-differences/other-services';
import { prefixListDifferences } from './known-differences/prefix-lists';
import { revokingDifferences } from './known-differences/revoking';

/** All differences by what they are about, as docs/sandbox-differences.md lists them. */
export const DIFFERENCES_BY_THEME: Readonly<Record<string, readonly KnownDifference[]>> = {
  'Security groups': groupDifferences,
  'Rules: authorizing and describing': authorizingDifferences,
  'Rules: revoking and modifying': revokingDifferences,
  'Network ACLs': networkAclDifferences,
  'Prefix lists': prefixListDifferences,
  STS: identityDifferences,
  'Other services': otherDifferences,
};

/** All differences that are allowed to be: every other one fails, and so does one of these that no longer shows. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = Object.values(DIFFERENCES_BY_THEME).flat();
