import { canonicalCidr } from '../network/cidr';
import type { AddressFamily } from '../network/address-family';
import { isEntry } from '../network/network-acl-entry';
import type { NetworkAclEntry } from '../network/network-acl';
import { ALL_PORTS, intersectPorts, singlePorts, subtractPorts, toPortSet, type PortSet } from '../network/port-set';
import { canonicalProtocol, type PortProtocol } from '../network/protocol';
import { portsOf } from '../network/rule-ports';
import type { SecurityGroupRule } from '../network/security-group-rule';
import type { Plan } from '../planning/plan';
import { familyOf } from '../planning/source-block';
import { violatingRule } from '../planning/violating-rule';
import type { Resource } from '../resource';

/** Traffic that a plan blocks, or that a person is asked about. */
export interface BlockedTraffic {
  readonly family: AddressFamily;
  readonly cidr: string;
  readonly protocol: PortProtocol;
  /** Never empty. */
  readonly ports: PortSet;
}

const PROTOCOLS: readonly PortProtocol[] = ['tcp', 'udp'];

/** What EC2.21 forbids; of everything else in such an entry nothing is blocked. */
const REMOTE_ADMINISTRATION = singlePorts(22, 3389);

/**
 * What violates, without what the plan leaves open to the same source. Other groups, icmp and what goes out are not the
 * internet's ports.
 */
export function blockedBy(plan: Plan, resource: Resource): readonly BlockedTraffic[] {
  return plan.violations.flatMap((violation) => {
    const rule = violatingRule(violation, resource);
    if (rule === undefined || (!isEntry(rule) && rule.IsEgress)) return [];
    const sources = isEntry(rule) ? [rule.CidrBlock ?? rule.Ipv6CidrBlock ?? ''] : sourcesOf(rule, resource);
    return PROTOCOLS.flatMap((protocol) => {
      const ports = isEntry(rule)
        ? intersectPorts(portsOfEntry(rule, protocol), REMOTE_ADMINISTRATION)
        : subtractPorts(portsOf(rule, protocol), leftOpen(rule, protocol, plan));
      if (ports.length === 0) return [];
      return sources.map((cidr) => ({ family: familyOf(cidr), cidr: canonicalCidr(cidr), protocol, ports }));
    });
  });
}

/** Blocks that a rule lets in; none for another group, and for a prefix list whose entries were not read. */
export function sourcesOf(rule: SecurityGroupRule, resource: Resource): readonly string[] {
  const cidr = rule.CidrIpv4 ?? rule.CidrIpv6;
  if (cidr !== undefined) return [cidr];
  if (rule.PrefixListId === undefined || resource.kind !== 'security-group') return [];
  return resource.prefixLists[rule.PrefixListId] ?? [];
}

/** Where a person is asked first, the plan has no steps, and nothing of the rule is taken for left. */
function leftOpen(rule: SecurityGroupRule, protocol: PortProtocol, { steps, remaining }: Plan): PortSet {
  if (steps.length === 0) return [];
  const same = remaining.filter(
    (left): left is SecurityGroupRule =>
      !isEntry(left) && !left.IsEgress && left.CidrIpv4 === rule.CidrIpv4 && left.CidrIpv6 === rule.CidrIpv6,
  );
  return toPortSet(same.flatMap((left) => portsOf(left, protocol)));
}

/** The ports of one protocol that an entry is about, allow or deny. */
export function portsOfEntry({ Protocol, PortRange }: NetworkAclEntry, protocol: PortProtocol): PortSet {
  const own = canonicalProtocol(Protocol);
  if (own === '-1') return ALL_PORTS;
  if (own !== protocol) return [];
  return PortRange === undefined || PortRange.From === -1 ? ALL_PORTS : [{ from: PortRange.From, to: PortRange.To }];
}
