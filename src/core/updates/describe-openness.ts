import type { ResourceRule } from '../ledger/remediation-record';
import { isOpenSource } from '../network/internet';
import { renderEntryTraffic } from '../network/network-acl-entry';
import { renderTraffic } from '../network/rule-ports';

/**
 * `tcp 80, tcp 443 from 0.0.0.0/0; tcp 443 from ::/0`: what a target lets in from everywhere; undefined when nothing.
 */
export function describeOpenness(rules: readonly ResourceRule[]): string | undefined {
  const texts = listOpenness(rules);
  return texts.length === 0 ? undefined : texts.join('; ');
}

/** The same, a text a source. */
export function listOpenness(rules: readonly ResourceRule[]): readonly string[] {
  const bySource = new Map<string, string[]>();
  for (const rule of rules) {
    const { source, traffic } = 'RuleNumber' in rule ? ofEntry(rule) : ofRule(rule);
    if (source === undefined || !isOpenSource(source)) continue;
    bySource.set(source, [...(bySource.get(source) ?? []), traffic]);
  }
  return [...bySource].map(([source, traffic]) => `${[...new Set(traffic)].join(', ')} from ${source}`);
}

function ofRule(rule: Exclude<ResourceRule, { readonly RuleNumber: number }>) {
  const source = rule.IsEgress ? undefined : (rule.CidrIpv4 ?? rule.CidrIpv6);
  return { source, traffic: renderTraffic(rule) };
}

/** Read entry by entry, as the control reads them: a DENY before an ALLOW is not reckoned with. */
function ofEntry(entry: Extract<ResourceRule, { readonly RuleNumber: number }>) {
  const allowed = !entry.Egress && entry.RuleAction === 'allow';
  return { source: allowed ? (entry.CidrBlock ?? entry.Ipv6CidrBlock) : undefined, traffic: renderEntryTraffic(entry) };
}
