import type { AddressFamily } from '../../network/address-family';
import type { NetworkAclEntry } from '../../network/network-acl';
import { familyOfEntry, renderEntry } from '../../network/network-acl-entry';
import type { AskReason } from '../../reasons/ask-reasons';

/**
 * Entries of one address family in one direction, EC2's own last one included: so AWS's page on quotas said until it
 * came to say neither. Where EC2 counts otherwise it refuses, and the closing goes by that.
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-nacls
 */
const DEFAULT_ENTRY_QUOTA = 20;

/** No quota can be raised beyond it: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const HIGHEST_ENTRY_QUOTA = 40;

/** How many entries a network ACL may hold inbound. */
export interface EntryLimits {
  /** Of one address family. */
  readonly quota?: number | undefined;
  /** Of both families together, where EC2 has refused more. */
  readonly refusedBeyond?: number | undefined;
}

/** Whether an entry can become `needed` more of its family beside what stands there inbound. */
export function fitsIntoQuota(
  entry: NetworkAclEntry,
  needed: number,
  ingress: readonly NetworkAclEntry[],
  { quota = DEFAULT_ENTRY_QUOTA, refusedBeyond = Infinity }: EntryLimits,
): boolean {
  if (needed <= 0) return true;
  return heldBy(ingress, familyOfEntry(entry)) + needed <= quota && ingress.length + needed <= refusedBeyond;
}

/** Why an entry that `fitsIntoQuota` refuses does not fit. */
export function quotaProblem(
  entry: NetworkAclEntry,
  needed: number,
  ingress: readonly NetworkAclEntry[],
  { quota = DEFAULT_ENTRY_QUOTA }: EntryLimits,
): AskReason {
  const family = familyOfEntry(entry);
  const held = heldBy(ingress, family);
  const about = { entry: renderEntry(entry), needed };
  if (held + needed <= quota) return { code: 'entries-refused', ...about, held: ingress.length };
  const canBeRaised = held + needed <= HIGHEST_ENTRY_QUOTA;
  return { code: 'entry-quota-short', ...about, family, held, quota, canBeRaised };
}

/** Why there are too few rule numbers. */
export function numbersProblem(entry: NetworkAclEntry, needed: number, free: number): AskReason {
  return { code: 'rule-numbers-short', entry: renderEntry(entry), needed, free };
}

function heldBy(ingress: readonly NetworkAclEntry[], family: AddressFamily): number {
  return ingress.filter((entry) => familyOfEntry(entry) === family).length;
}
