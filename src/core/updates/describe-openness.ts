import { isOpenSource } from '../network/internet';
import { renderTraffic } from '../network/rule-ports';
import { sourceOf } from '../network/rule-source';
import type { SecurityGroupRule } from '../network/security-group-rule';

/** `tcp 80, tcp 443 from 0.0.0.0/0; tcp 443 from ::/0`: what a group lets in from everywhere; undefined when nothing. */
export function describeOpenness(rules: readonly SecurityGroupRule[]): string | undefined {
  const bySource = new Map<string, string[]>();
  for (const rule of rules) {
    const cidr = rule.CidrIpv4 ?? rule.CidrIpv6;
    if (rule.IsEgress || cidr === undefined || !isOpenSource(cidr)) continue;
    bySource.set(sourceOf(rule), [...(bySource.get(sourceOf(rule)) ?? []), renderTraffic(rule)]);
  }
  if (bySource.size === 0) return undefined;
  return [...bySource].map(([source, traffic]) => `${[...new Set(traffic)].join(', ')} from ${source}`).join('; ');
}
