import type { AddressFamily } from '../../network/address-family';
import { portsOverlap, singlePorts } from '../../network/port-set';
import type { PortProtocol } from '../../network/protocol';
import { portsOf } from '../../network/rule-ports';
import type { SecurityGroupRule } from '../../network/security-group-rule';
import type { BalancerSeen, Sending } from '../balancer';
import type { InterfaceSeen } from '../interface-seen';
import type { NetworkAclSeen } from '../surroundings';
import { letsOutAndBack, letsRoundTrip, toAclFilter } from './acl-filter';
import { addressOf, familyOfAddress, rangeOf } from './addresses';
import type { Door, Further } from './door';

/** What comes out of a load balancer, on its way to what it sends to. */
export interface Onward {
  /** Whom packets with an address of the load balancer's own come to. */
  readonly own: readonly InterfaceSeen[];
  /** Whom packets with the client's address may come to, and which clients'. */
  readonly kept: readonly { readonly to: InterfaceSeen; readonly further: Further }[];
}

/** Which ports of a door a sending may come in at: whether there is one of its protocol. */
export function takesPort({ admits, groups }: Door, { port, family }: Sending, protocol: PortProtocol): boolean {
  return groups.length > 0 || admitted({ admits }, port, family, protocol).length > 0;
}

function admitted({ admits }: Pick<Door, 'admits'>, port: number, family: AddressFamily, protocol: PortProtocol) {
  return admits.filter(
    (each) => each.family === family && each.protocol === protocol && portsOverlap(each.ports, singlePorts(port)),
  );
}

/**
 * From the interfaces of a load balancer to a door that it sends to: what stands before the door, the load balancer's
 * own groups, and the network ACLs of both subnets where they are two. Of what keeps the client's address only the
 * network ACL of the receiver sees that.
 *
 * @returns the reason, where network ACLs could not be read
 */
export function hop(
  balancer: BalancerSeen,
  nodes: readonly InterfaceSeen[],
  door: Door,
  { port, family, keepsClient }: Sending,
  protocol: PortProtocol,
  acls: readonly NetworkAclSeen[],
): Onward {
  const ports = singlePorts(port);
  const filters = (seen: InterfaceSeen) =>
    toAclFilter(acls.find(({ subnetIds }) => subnetIds.includes(seen.subnetId))?.entries ?? []);
  const blocks = admitted(door, port, family, protocol).flatMap(({ cidr }) => rangeOf(cidr) ?? []);
  const admits = (address: bigint) => blocks.some(({ first, last }) => first <= address && address <= last);
  const knows = door.groups.some((id) => balancer.groupIds.includes(id));
  const receivers = door.at.filter((to) => letsOut(balancer, to, port, family, protocol));

  const arrives = (node: InterfaceSeen, to: InterfaceSeen): boolean =>
    addressesOf(node, family).some((from) => {
      if (!knows && !admits(from)) return false;
      if (door.further && (door.further.family !== family || !door.further.lets(from))) return false;
      if (node.subnetId === to.subnetId) return true;
      return (
        letsRoundTrip(filters(to), { family, protocol, address: from }, ports) &&
        addressesOf(to, family).some((address) => letsOutAndBack(filters(node), { family, protocol, address }, ports))
      );
    });
  const kept = (to: InterfaceSeen): Further => {
    const filter = filters(to);
    const sharesSubnet = nodes.some(({ subnetId }) => subnetId === to.subnetId);
    return {
      family,
      cidrs: [
        ...door.admits.map(({ cidr }) => cidr),
        ...filter.flatMap(({ entry }) => entry.CidrBlock ?? entry.Ipv6CidrBlock ?? []),
        ...(door.further?.cidrs ?? []),
      ],
      lets: (address) =>
        admits(address) &&
        (sharesSubnet || letsRoundTrip(filter, { family, protocol, address }, ports)) &&
        door.further?.lets(address) !== false,
    };
  };
  const canKeep = keepsClient !== false && (door.further?.family ?? family) === family;
  return {
    own: receivers.filter((to) => nodes.some((node) => arrives(node, to))),
    kept: canKeep ? receivers.map((to) => ({ to, further: kept(to) })) : [],
  };
}

/** A group of a load balancer that lets nothing out to a target keeps it from its own targets. */
function letsOut(
  { groupIds, rules }: BalancerSeen,
  to: InterfaceSeen,
  port: number,
  family: AddressFamily,
  protocol: PortProtocol,
): boolean {
  if (groupIds.length === 0) return true;
  return rules
    .filter((rule) => rule.IsEgress && portsOverlap(portsOf(rule, protocol), singlePorts(port)))
    .some((rule) => names(rule, to, family));
}

/** Lists and groups are not looked up: what they may name is let out. */
function names({ CidrIpv4, CidrIpv6 }: SecurityGroupRule, to: InterfaceSeen, family: AddressFamily): boolean {
  const cidr = CidrIpv4 ?? CidrIpv6;
  if (cidr === undefined) return true;
  const block = rangeOf(cidr);
  return (
    block !== undefined &&
    familyOfAddress(cidr) === family &&
    addressesOf(to, family).some((address) => block.first <= address && address <= block.last)
  );
}

function addressesOf({ privateIps }: InterfaceSeen, family: AddressFamily): readonly bigint[] {
  return privateIps.filter((ip) => familyOfAddress(ip) === family).flatMap((ip) => addressOf(ip) ?? []);
}
