import type { AddressFamily } from '../../network/address-family';
import type { NetworkAclEntry } from '../../network/network-acl';
import { familyOfEntry, renderEntry } from '../../network/network-acl-entry';

/**
 * Entries of one address family in one direction, EC2's own last one included: so AWS's page on quotas said until it came to
 * say neither. Where EC2 counts otherwise it refuses, and the closing goes by that.
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-nacls
 */
const DEFAULT_ENTRY_QUOTA = 20;

/** No quota can be raised beyond it: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const HIGHEST_ENTRY_QUOTA = 40;

const FAMILY_NAMES: Readonly<Record<AddressFamily, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' };

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

/** Why an entry that `fitsIntoQuota` refuses does not fit, and what would do. */
export function quotaProblem(
  entry: NetworkAclEntry,
  needed: number,
  ingress: readonly NetworkAclEntry[],
  { quota = DEFAULT_ENTRY_QUOTA }: EntryLimits,
): string {
  const family = familyOfEntry(entry);
  const held = heldBy(ingress, family);
  const wanted = held + needed;
  const what = needsMore(entry, needed);
  if (wanted <= quota) {
    return (
      `${what}, and EC2 refuses more than the ${String(ingress.length)} entries that the network ACL holds inbound; ` +
      'remove entries, or have the quota of rules a network ACL raised.'
    );
  }
  const raise =
    wanted > HIGHEST_ENTRY_QUOTA
      ? 'remove entries.'
      : `remove entries, or have the quota raised and set policy.networkAclEntryQuota to ${String(wanted)} or more.`;
  return (
    `${what} beside the ${String(held)} that the network ACL holds inbound for ${FAMILY_NAMES[family]}, ` +
    `and its quota is ${String(quota)}; ${raise}`
  );
}

/** Why there are too few rule numbers, and what would do. */
export function numbersProblem(entry: NetworkAclEntry, needed: number, free: number): string {
  return (
    `${needsMore(entry, needed)}, and rule numbers between the DENY entries around it are free for ${String(free)}; ` +
    'renumber the entries around it.'
  );
}

function needsMore(entry: NetworkAclEntry, needed: number): string {
  const count = needed === 1 ? '1 more entry' : `${String(needed)} more entries`;
  return `Leaving everything else of ${renderEntry(entry)} open needs ${count}`;
}

function heldBy(ingress: readonly NetworkAclEntry[], family: AddressFamily): number {
  return ingress.filter((entry) => familyOfEntry(entry) === family).length;
}
