import type { NetworkAclEntry, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { Ingress } from './scenario';

/** `tcp 22 from 10.0.0.0/8`: how scenarios write what is open, and what people compare. */
export function renderRule(rule: Ingress): string {
  return isEntry(rule) ? renderEntry(rule) : renderGroupRule(rule);
}

function isEntry(rule: Ingress): rule is NetworkAclEntry {
  return 'RuleNumber' in rule;
}

function renderGroupRule(rule: SecurityGroupRule): string {
  // Its id is made as the scenario is played.
  const list = rule.PrefixListId === undefined ? undefined : 'a prefix list';
  const source = rule.CidrIpv4 ?? rule.CidrIpv6 ?? list ?? rule.ReferencedGroupInfo?.GroupId ?? 'nowhere';
  return `${traffic(rule.IpProtocol, rule.FromPort, rule.ToPort)} from ${source}`;
}

/** EC2 answers the protocols of entries as numbers. */
const PROTOCOL_NAMES: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };

function renderEntry(entry: NetworkAclEntry): string {
  const { Protocol = '?', PortRange: ports } = entry;
  const source = entry.CidrBlock ?? entry.Ipv6CidrBlock ?? 'nowhere';
  return `${traffic(PROTOCOL_NAMES[Protocol] ?? Protocol, ports?.From, ports?.To)} from ${source}`;
}

function traffic(protocol = '?', fromPort = -1, toPort = -1): string {
  if (protocol === '-1') return 'all traffic';
  const from = String(fromPort);
  const to = String(toPort);
  return `${protocol} ${from === to ? from : `${from}-${to}`}`;
}
