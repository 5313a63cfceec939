import type { AddressFamily } from '../../network/address-family';
import { parseCidr, type AddressRange } from '../../network/cidr';
import type { NetworkAclEntry } from '../../network/network-acl';
import type { PortSet } from '../../network/port-set';
import type { PortProtocol } from '../../network/protocol';
import { portsOfEntry } from '../blocked-traffic';

/**
 * Where answers come back to, whatever the client:
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
const EPHEMERAL_PORTS = [{ from: 1024, to: 65535 }] as const;

interface EntryFilter {
  readonly entry: NetworkAclEntry;
  readonly block: (AddressRange & { readonly family: AddressFamily }) | undefined;
}

/** The entries of a network ACL, read once. */
export type AclFilter = readonly EntryFilter[];

/** One direction and protocol, with one address of the other end. */
interface Flow {
  readonly egress: boolean;
  readonly family: AddressFamily;
  readonly protocol: PortProtocol;
  readonly address: bigint;
}

/** The entries of a network ACL for questions about packets. */
export function toAclFilter(entries: readonly NetworkAclEntry[]): AclFilter {
  return entries.map((entry) => {
    const parsed = parseCidr(entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '');
    return { entry, block: parsed.ok ? parsed.value : undefined };
  });
}

/** Whether packets to any of these ports come into the subnet from an address, and answers get out to it. */
export function letsRoundTrip(filter: AclFilter, flow: Omit<Flow, 'egress'>, ports: PortSet): boolean {
  return (
    letsAny(filter, { ...flow, egress: false }, ports) && letsAny(filter, { ...flow, egress: true }, EPHEMERAL_PORTS)
  );
}

/** The same the other way round: out of the subnet to an address, and answers in. */
export function letsOutAndBack(filter: AclFilter, flow: Omit<Flow, 'egress'>, ports: PortSet): boolean {
  return (
    letsAny(filter, { ...flow, egress: true }, ports) && letsAny(filter, { ...flow, egress: false }, EPHEMERAL_PORTS)
  );
}

function letsAny(filter: AclFilter, flow: Flow, ports: PortSet): boolean {
  return ports.some((range) => portEdges(filter, flow, range).some((port) => lets(filter, flow, port)));
}

/** The entry with the lowest number that is about a packet decides. */
function lets(filter: AclFilter, { egress, family, protocol, address }: Flow, port: number): boolean {
  let best: NetworkAclEntry | undefined;
  for (const { entry, block } of filter) {
    if (entry.Egress !== egress || block?.family !== family || address < block.first || address > block.last) continue;
    if (best !== undefined && best.RuleNumber < entry.RuleNumber) continue;
    if (portsOfEntry(entry, protocol).some(({ from, to }) => from <= port && port <= to)) best = entry;
  }
  return best?.RuleAction === 'allow';
}

/** Every port of a range at which another entry may decide. */
function portEdges(filter: AclFilter, { egress, protocol }: Flow, { from, to }: PortSet[number]): readonly number[] {
  const edges = filter.flatMap(({ entry }) =>
    entry.Egress === egress ? portsOfEntry(entry, protocol).flatMap((range) => [range.from, range.to + 1]) : [],
  );
  return [from, ...new Set(edges.filter((port) => from < port && port <= to))];
}
