import { parseCidr, type Cidr } from './cidr';
import type { NetworkAclEntry } from './network-acl';
import { portsOverlap, subtractPorts } from './port-set';
import { canonicalProtocol } from './protocol';
import { portsOf } from './rule-ports';
import { sourceOf } from './rule-source';
import type { SecurityGroup, SecurityGroupRule } from './security-group-rule';

type PrefixLists = SecurityGroup['prefixLists'];

/** Whether a rule alone lets through everything that another one does. Where that is not known, it does not. */
export function reachesAllOf(whole: SecurityGroupRule, part: SecurityGroupRule, prefixLists: PrefixLists): boolean {
  return whole.IsEgress === part.IsEgress && hasTrafficOf(whole, part) && hasSourceOf(whole, part, prefixLists);
}

/** Whether two rules may let through the same packet. Where that is not known, they may. */
export function mayShareReach(one: SecurityGroupRule, other: SecurityGroupRule, prefixLists: PrefixLists): boolean {
  return one.IsEgress === other.IsEgress && sharesTraffic(one, other) && mayShareSource(one, other, prefixLists);
}

/** What an entry of a network ACL is about, in the terms of a rule. */
export function asRule(entry: NetworkAclEntry): SecurityGroupRule {
  const { PortRange: ports, IcmpTypeCode: icmp } = entry;
  const protocol = canonicalProtocol(entry.Protocol);
  const hasPorts = protocol === 'tcp' || protocol === 'udp';
  const [from, to] = hasPorts ? [ports?.From, ports?.To] : [icmp?.Type, icmp?.Code];
  return {
    IsEgress: entry.Egress,
    IpProtocol: protocol,
    ...(from === undefined || to === undefined ? {} : { FromPort: from, ToPort: to }),
    ...(entry.CidrBlock === undefined ? {} : { CidrIpv4: entry.CidrBlock }),
    ...(entry.Ipv6CidrBlock === undefined ? {} : { CidrIpv6: entry.Ipv6CidrBlock }),
  };
}

function hasTrafficOf(whole: SecurityGroupRule, part: SecurityGroupRule): boolean {
  const protocol = canonicalProtocol(whole.IpProtocol);
  if (protocol === '-1') return true;
  if (protocol !== canonicalProtocol(part.IpProtocol)) return false;
  switch (protocol) {
    case 'tcp':
    case 'udp':
      return subtractPorts(portsOf(part, protocol), portsOf(whole, protocol)).length === 0;
    case 'icmp':
    case 'icmpv6':
      return isAnyOr(whole.FromPort, part.FromPort) && isAnyOr(whole.ToPort, part.ToPort);
    default:
      return true;
  }
}

function sharesTraffic(one: SecurityGroupRule, other: SecurityGroupRule): boolean {
  const protocol = canonicalProtocol(one.IpProtocol);
  const others = canonicalProtocol(other.IpProtocol);
  if (protocol === '-1' || others === '-1') return true;
  if (protocol !== others) return false;
  switch (protocol) {
    case 'tcp':
    case 'udp':
      return portsOverlap(portsOf(one, protocol), portsOf(other, protocol));
    default:
      return hasTrafficOf(one, other) || hasTrafficOf(other, one);
  }
}

/** For icmp: whether a type or code is the wanted one, or all of them. */
function isAnyOr(value: number | undefined, wanted: number | undefined): boolean {
  return (value ?? -1) === -1 || value === wanted;
}

function hasSourceOf(whole: SecurityGroupRule, part: SecurityGroupRule, prefixLists: PrefixLists): boolean {
  if (sourceOf(whole) === sourceOf(part)) return true;
  const wide = blocksOf(whole, prefixLists);
  const narrow = blocksOf(part, prefixLists);
  if (wide === undefined || narrow === undefined) return false;
  return narrow.every((block) =>
    wide.some((other) => other.family === block.family && other.first <= block.first && block.last <= other.last),
  );
}

function mayShareSource(one: SecurityGroupRule, other: SecurityGroupRule, prefixLists: PrefixLists): boolean {
  const [left, right] = [blocksOf(one, prefixLists), blocksOf(other, prefixLists)];
  // Members of a referenced group have addresses, but which ones is not known here.
  if (left === undefined || right === undefined) return true;
  return left.some((block) =>
    right.some((next) => next.family === block.family && next.first <= block.last && block.first <= next.last),
  );
}

/** Undefined when the source is a group, or a prefix list that could not be read. */
function blocksOf(rule: SecurityGroupRule, prefixLists: PrefixLists): readonly Cidr[] | undefined {
  const own = rule.CidrIpv4 ?? rule.CidrIpv6;
  const cidrs = own === undefined ? prefixLists[rule.PrefixListId ?? ''] : [own];
  return cidrs?.flatMap((cidr) => {
    const parsed = parseCidr(cidr);
    return parsed.ok ? [parsed.value] : [];
  });
}
