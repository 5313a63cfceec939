import type { NetworkAclEntry } from '../../src/core/network/network-acl';
import type { SecurityGroupRule } from '../../src/core/network/security-group-rule';
import type { PlanStep } from '../../src/core/planning/plan';

const VERBS: Readonly<Record<PlanStep['call'], string>> = {
  AuthorizeSecurityGroupIngress: 'authorize',
  AuthorizeSecurityGroupEgress: 'authorize egress',
  RevokeSecurityGroupIngress: 'revoke',
  RevokeSecurityGroupEgress: 'revoke egress',
  CreateNetworkAclEntry: 'create',
  ReplaceNetworkAclEntry: 'replace',
  DeleteNetworkAclEntry: 'delete',
};

/**
 * A step as rows write it: `revoke sgr-1 sgr-2`, `authorize tcp 443-443 from 0.0.0.0/0 ::/0`, `create 99 allow tcp 0-21
 * from ::/0`.
 */
export function stepText({ call, rules }: PlanStep): string {
  const [first = '', ...others] = rules.map(ruleText);
  if (!call.startsWith('Authorize')) return [VERBS[call], first, ...others].join(' ');
  return [VERBS[call], first, ...others.map((text) => text.split(/ (?:from|to) /)[1])].join(' ');
}

/** A rule by its id, or where it has none by its terms; an entry by its number and terms. */
export function ruleText(rule: SecurityGroupRule | NetworkAclEntry): string {
  return 'RuleNumber' in rule ? entryText(rule) : securityGroupRuleText(rule);
}

function securityGroupRuleText(rule: SecurityGroupRule): string {
  if (rule.SecurityGroupRuleId !== undefined) return rule.SecurityGroupRuleId;
  const ports = rule.IpProtocol === '-1' ? '' : ` ${String(rule.FromPort)}-${String(rule.ToPort)}`;
  const source = rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId ?? '';
  const description = rule.Description === undefined ? '' : ` "${rule.Description}"`;
  const tags = (rule.Tags ?? []).map(({ Key, Value }) => ` ${Key}=${Value}`).join('');
  return `${rule.IpProtocol}${ports} ${rule.IsEgress ? 'to' : 'from'} ${source}${description}${tags}`;
}

const NAMES: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6', '-1': 'all' };

function entryText(entry: NetworkAclEntry): string {
  const { Protocol, PortRange: ports, IcmpTypeCode: icmp } = entry;
  const range = ports === undefined ? '' : ` ${String(ports.From)}-${String(ports.To)}`;
  const type = icmp === undefined ? '' : ` ${String(icmp.Type)}/${String(icmp.Code)}`;
  const source = `${entry.Egress ? 'to' : 'from'} ${entry.CidrBlock ?? entry.Ipv6CidrBlock ?? ''}`;
  return `${String(entry.RuleNumber)} ${entry.RuleAction} ${NAMES[Protocol] ?? Protocol}${range}${type} ${source}`;
}
