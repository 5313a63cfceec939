import { ADDRESS_FAMILIES, type AddressFamily } from '../../network/address-family';
import type { SecurityGroup, SecurityGroupRule } from '../../network/security-group-rule';
import type { AskReason } from '../../reasons/ask-reasons';
import { familyOf } from '../source-block';

/**
 * Why the new rules do not fit beside all that the group holds now, for that is what it holds between authorizing and
 * revoking; undefined when they fit.
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
export function quotaProblem(
  group: SecurityGroup,
  added: readonly SecurityGroupRule[],
  ruleQuota: number,
): AskReason | undefined {
  if (added.length === 0) return undefined;
  for (const family of ADDRESS_FAMILIES) {
    const count = (rules: readonly SecurityGroupRule[]): number =>
      rules.reduce((sum, rule) => sum + (rule.IsEgress ? 0 : weightOf(rule, family, group)), 0);
    const adding = count(added);
    if (adding === 0) continue;
    const holding = count(group.rules);
    if (holding + adding > ruleQuota) {
      return { code: 'rule-quota-short', family, needed: adding, held: holding, quota: ruleQuota };
    }
  }
  return undefined;
}

/** A referenced group counts in both families; a prefix list as often as it has entries of the family. */
function weightOf(rule: SecurityGroupRule, family: AddressFamily, group: SecurityGroup): number {
  if (rule.CidrIpv4 !== undefined) return family === 'ipv4' ? 1 : 0;
  if (rule.CidrIpv6 !== undefined) return family === 'ipv6' ? 1 : 0;
  if (rule.PrefixListId === undefined) return 1;
  // EC2 counts a list's maximum size, which its entries do not show: should they be fewer, authorizing fails and
  // nothing has been revoked yet.
  const entries = group.prefixLists[rule.PrefixListId] ?? [];
  return entries.filter((cidr) => familyOf(cidr) === family).length;
}
