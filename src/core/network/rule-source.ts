import { renderTraffic, trafficKey } from './rule-ports';
import type { SecurityGroupRule } from './security-group-rule';

/** The one source of a rule (of an egress rule: its destination), as people write it. */
export function sourceOf(rule: SecurityGroupRule): string {
  return (
    rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId ?? 'an unknown source'
  );
}

/**
 * What EC2 distinguishes rules of a group by: a second rule with the same key is refused as
 * InvalidPermission.Duplicate.
 */
export function permissionKey(rule: SecurityGroupRule): string {
  return `${rule.IsEgress ? 'out' : 'in'} ${trafficKey(rule)} ${sourceOf(rule)}`;
}

/** `tcp 22 from 0.0.0.0/0`, with the rule's id behind it where it has one. */
export function renderRule(rule: SecurityGroupRule): string {
  const id = rule.SecurityGroupRuleId === undefined ? '' : ` (${rule.SecurityGroupRuleId})`;
  return `${renderTraffic(rule)} ${rule.IsEgress ? 'to' : 'from'} ${sourceOf(rule)}${id}`;
}
