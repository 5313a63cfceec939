import type { AddressFamily } from '../network/address-family';
import { mayBeWholeInternet } from '../network/internet';
import type { SecurityGroup, SecurityGroupRule } from '../network/security-group-rule';

/** One CIDR that an ingress rule lets in: the rule's own, or an entry of its prefix list. */
export interface SourceBlock {
  readonly rule: SecurityGroupRule;
  readonly family: AddressFamily;
  readonly cidr: string;
}

/** All CIDRs of a group's ingress rules, and the rules whose prefix list could not be read. */
export function sourceBlocksOf(group: SecurityGroup): {
  readonly blocks: readonly SourceBlock[];
  readonly unreadable: readonly SecurityGroupRule[];
} {
  const blocks: SourceBlock[] = [];
  const unreadable: SecurityGroupRule[] = [];
  for (const rule of group.rules) {
    if (rule.IsEgress) continue;
    if (rule.CidrIpv4 !== undefined) blocks.push({ rule, family: 'ipv4', cidr: rule.CidrIpv4 });
    else if (rule.CidrIpv6 !== undefined) blocks.push({ rule, family: 'ipv6', cidr: rule.CidrIpv6 });
    else if (rule.PrefixListId !== undefined) {
      const entries = group.prefixLists[rule.PrefixListId];
      if (entries === undefined) unreadable.push(rule);
      else for (const cidr of entries) blocks.push({ rule, family: familyOf(cidr), cidr });
    }
  }
  return { blocks, unreadable };
}

/**
 * Whether the sources of a group's ingress can be the internet of a family, going by how many addresses they have:
 * false says for certain that they are not, at the price of an addition a rule.
 */
export function mayBeOpen({ rules }: SecurityGroup): boolean {
  let ipv4 = 0;
  let ipv6 = 0;
  for (const rule of rules) {
    if (rule.IsEgress) continue;
    // What a list holds is read in earnest.
    if (rule.PrefixListId !== undefined) return true;
    if (rule.CidrIpv4 !== undefined) ipv4 += sizeOf(32 - prefixLengthOf(rule.CidrIpv4));
    else if (rule.CidrIpv6 !== undefined) ipv6 += sizeOf(128 - prefixLengthOf(rule.CidrIpv6));
  }
  return mayBeWholeInternet('ipv4', ipv4) || mayBeWholeInternet('ipv6', ipv6);
}

/** How many addresses a block has, by the bits behind its prefix; looked up, for raising to a power takes longer. */
function sizeOf(hostBits: number): number {
  return SIZES[hostBits] ?? 0;
}

const SIZES: readonly number[] = Array.from({ length: 129 }, (_, hostBits) => 2 ** hostBits);

/** From the last digits, for it is asked of every source of every group. */
export function prefixLengthOf(cidr: string): number {
  let length = 0;
  let place = 1;
  for (let i = cidr.length - 1; i >= 0; i--) {
    const digit = cidr.charCodeAt(i) - DIGIT_ZERO;
    if (digit < 0 || digit > 9) break;
    length += place * digit;
    place *= 10;
  }
  return length;
}

const DIGIT_ZERO = 48;

/** The address family of a CIDR. */
export function familyOf(cidr: string): AddressFamily {
  return cidr.includes(':') ? 'ipv6' : 'ipv4';
}
