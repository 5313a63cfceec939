import type { AddressFamily } from '../network/address-family';
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

export function familyOf(cidr: string): AddressFamily {
  return cidr.includes(':') ? 'ipv6' : 'ipv4';
}
