import type { AddressFamily } from '../network/address-family';
import { parseCidr, type AddressRange } from '../network/cidr';
import { startsOfInternet, touchesInternet } from '../network/internet';
import type { NetworkAclEntry } from '../network/network-acl';
import type { PortProtocol } from '../network/protocol';
import type { Target } from '../target';
import type { Fact, Reachable } from './context';
import { portsOfEntry, type CutOff } from './cut-off';
import { known, unknown } from './fact';
import { hiddenVpc } from './hidden-vpc';
import type { InterfaceSeen, PublicAccess, RouteSeen, RouteTableSeen, Surroundings } from './surroundings';

/**
 * Where answers come back to, whatever the client:
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
const EPHEMERAL_PORTS = [1024, 65535] as const;

/**
 * Whether a packet from the internet that the plan would cut off comes as far as the target today, and its answer back.
 * It needs a public address, a route to an internet gateway, no Block Public Access, and network ACLs that let it in
 * and the answer out. Addresses and ports between the edges of all blocks fare alike, so one of each is tried.
 *
 * A packet through another VPC, or from what stands in front of a private address, is not followed.
 */
export function toReachable(target: Target, cut: readonly CutOff[], around: Surroundings): Fact<Reachable> {
  const { interfaces } = around;
  if (!interfaces.ok) return unknown(interfaces.error);
  const { seen, more } = interfaces.value;
  const hidden = hiddenVpc(target, around);
  if (seen.length === 0 && more) return unknown('not all network interfaces were read');
  if (seen.length === 0) return hidden === undefined ? known(no, 'nothing is attached') : unknown(hidden);
  if (cut.length === 0) return unknown('nothing that is open has ports of tcp or udp');

  const findings = seen.map((each) => judge(each, target, cut, around));
  const through = findings.flatMap(({ answer, what }) => (answer === 'yes' ? what : []));
  if (through.length > 0) return known({ answer: 'yes', through: through.slice(0, SHOWN) }, ...through.slice(0, SHOWN));
  const unsure = findings.find(({ answer }) => answer === 'unknown');
  if (unsure) return unknown(unsure.what);
  if (more) return unknown(`of more than ${String(seen.length)} network interfaces none that was read is reachable`);
  if (hidden !== undefined) return unknown(hidden);
  const front = whatStandsInFront(around);
  if (front !== undefined) return unknown(front);
  return known(no, ...new Set(findings.map(({ what }) => what).slice(0, SHOWN)));
}

const no: Reachable = { answer: 'no', through: [] };
const SHOWN = 5;

interface Judged {
  readonly answer: 'yes' | 'no' | 'unknown';
  /** Through what, or why not. */
  readonly what: string;
}

function judge(seen: InterfaceSeen, target: Target, cut: readonly CutOff[], around: Surroundings): Judged {
  const families = (['ipv4', 'ipv6'] as const).filter((family) => cut.some((each) => each.family === family));
  const judged = families.map((family) => judgeFamily(seen, family, target, cut, around));
  return (
    judged.find(({ answer }) => answer === 'yes') ??
    judged.find(({ answer }) => answer === 'unknown') ??
    judged[0] ?? { answer: 'no', what: `${seen.id} has no address of the family` }
  );
}

function judgeFamily(
  seen: InterfaceSeen,
  family: AddressFamily,
  target: Target,
  cut: readonly CutOff[],
  { routeTables, networkAcls, publicAccess }: Surroundings,
): Judged {
  const addresses = family === 'ipv4' ? seen.publicIpv4 : seen.ipv6.filter((address) => isGlobal(address));
  const [address] = addresses;
  if (address === undefined) return { answer: 'no', what: `${seen.id} has no public address` };
  if (!publicAccess.ok) return { answer: 'unknown', what: publicAccess.error };
  const blocked = isBlocked(publicAccess.value, seen);
  if (blocked && publicAccess.value.isChanging) {
    return { answer: 'unknown', what: 'VPC Block Public Access is being changed' };
  }
  if (blocked) return { answer: 'no', what: `VPC Block Public Access keeps the internet from ${seen.id}` };
  if (!routeTables.ok) return { answer: 'unknown', what: routeTables.error };
  if (!networkAcls.ok) return { answer: 'unknown', what: networkAcls.error };
  const table = tableOf(seen, routeTables.value);
  const acl = networkAcls.value.find(({ subnetIds }) => subnetIds.includes(seen.subnetId));
  // Subnets of another account, that share theirs, have tables that this account does not show.
  if (!table || !acl)
    return { answer: 'unknown', what: `the route table or network ACL of ${seen.subnetId} is not shown` };

  const entries = acl.entries.map(toFilter);
  const wanted = cut.filter((each) => each.family === family);
  const samples = addressEdges(family, [
    ...wanted.map(({ cidr }) => cidr),
    ...table.routes.flatMap(({ cidr }) => cidr ?? []),
    ...acl.entries.flatMap((entry) => entry.CidrBlock ?? entry.Ipv6CidrBlock ?? []),
  ]);
  const route = toRouter(family, table.routes);
  const at = (source: bigint, { protocol, ports }: CutOff): boolean =>
    ports.some(({ from, to }) =>
      portEdges(entries, protocol, false, from, to).some((port) =>
        lets(entries, family, false, source, protocol, port),
      ),
    ) &&
    portEdges(entries, protocol, true, ...EPHEMERAL_PORTS).some((port) =>
      lets(entries, family, true, source, protocol, port),
    );
  let byAppliance = false;
  for (const each of wanted) {
    const block = rangeOf(each.cidr);
    if (block === undefined) continue;
    for (const source of samples) {
      if (source < block.first || source > block.last) continue;
      const to = route(source);
      if (to === 'elsewhere' || to === 'nowhere' || !at(source, each)) continue;
      if (to === 'internet-gateway') return { answer: 'yes', what: `${seen.id} (${address})` };
      byAppliance = true;
    }
  }
  if (byAppliance) return { answer: 'unknown', what: `the way to ${seen.id} goes through an appliance` };
  if (table.routes.some(({ cidr, to }) => cidr === undefined && to !== 'elsewhere')) {
    return { answer: 'unknown', what: `route table ${table.id} routes by a prefix list` };
  }
  const hasRoute = samples.some((source) => route(source) === 'internet-gateway');
  if (!hasRoute) return { answer: 'no', what: `${seen.subnetId} has no route to an internet gateway` };
  if (target.kind === 'network-acl' && target.id === acl.id) {
    return { answer: 'no', what: 'earlier entries deny it, or answers do not get out' };
  }
  return { answer: 'no', what: `network ACL ${acl.id} does not let it in, or its answers out` };
}

function isBlocked({ mode, letIn }: PublicAccess, { vpcId, subnetId }: InterfaceSeen): boolean {
  return mode !== 'off' && !letIn.includes(vpcId) && !letIn.includes(subnetId);
}

function tableOf({ subnetId, vpcId }: InterfaceSeen, tables: readonly RouteTableSeen[]): RouteTableSeen | undefined {
  const own = tables.find(({ subnetIds }) => subnetIds.includes(subnetId));
  return own ?? tables.find((table) => table.isMain && table.vpcId === vpcId);
}

/** A private address is reached by what stands in front of it, and what that sends it is not read. */
function whatStandsInFront({ interfaces, fronts }: Surroundings): string | undefined {
  if (!fronts.ok) return fronts.error;
  const own = new Set(interfaces.ok ? interfaces.value.seen.map(({ id }) => id) : []);
  const front = fronts.value.seen.find(
    ({ id, publicIpv4, ipv6, description }) =>
      !own.has(id) && (publicIpv4.length > 0 || ipv6.some(isGlobal) || !description.startsWith('ELB ')),
  );
  if (front) return `${front.description} in the same VPC may send it traffic of the internet`;
  return fronts.value.more ? 'not all load balancers were read' : undefined;
}

/** The most specific route decides: https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html */
function toRouter(family: AddressFamily, routes: readonly RouteSeen[]): (address: bigint) => RouteSeen['to'] {
  const ordered = routes
    .flatMap(({ cidr, to }) => {
      const parsed = cidr === undefined ? undefined : parseCidr(cidr);
      return parsed?.ok === true && parsed.value.family === family ? [{ ...parsed.value, to }] : [];
    })
    .sort((a, b) => b.prefixLength - a.prefixLength);
  return (address) => ordered.find(({ first, last }) => first <= address && address <= last)?.to ?? 'nowhere';
}

interface EntryFilter {
  readonly entry: NetworkAclEntry;
  readonly block: (AddressRange & { readonly family: AddressFamily }) | undefined;
}

function toFilter(entry: NetworkAclEntry): EntryFilter {
  const parsed = parseCidr(entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '');
  return { entry, block: parsed.ok ? parsed.value : undefined };
}

/** The entry with the lowest number that is about a packet decides. */
function lets(
  filters: readonly EntryFilter[],
  family: AddressFamily,
  egress: boolean,
  address: bigint,
  protocol: PortProtocol,
  port: number,
): boolean {
  let best: NetworkAclEntry | undefined;
  for (const { entry, block } of filters) {
    if (entry.Egress !== egress || block?.family !== family || address < block.first || address > block.last) continue;
    if (best !== undefined && best.RuleNumber < entry.RuleNumber) continue;
    if (portsOfEntry(entry, protocol).some(({ from, to }) => from <= port && port <= to)) best = entry;
  }
  return best?.RuleAction === 'allow';
}

/** Every port of a range at which another entry may decide. */
function portEdges(
  filters: readonly EntryFilter[],
  protocol: PortProtocol,
  egress: boolean,
  from: number,
  to: number,
): readonly number[] {
  const edges = filters.flatMap(({ entry }) =>
    entry.Egress === egress ? portsOfEntry(entry, protocol).flatMap((range) => [range.from, range.to + 1]) : [],
  );
  return [from, ...new Set(edges.filter((port) => from < port && port <= to))];
}

/** Addresses of the internet at which another block may decide. */
function addressEdges(family: AddressFamily, cidrs: readonly string[]): readonly bigint[] {
  const edges = cidrs.flatMap((cidr) => {
    const parsed = parseCidr(cidr);
    return parsed.ok && parsed.value.family === family ? [parsed.value.first, parsed.value.last + 1n] : [];
  });
  const inside = edges.filter((first) => touchesInternet(family, { first, last: first }));
  return [...new Set([...inside, ...startsOfInternet(family)])];
}

function rangeOf(cidr: string): AddressRange | undefined {
  const parsed = parseCidr(cidr);
  return parsed.ok ? parsed.value : undefined;
}

function isGlobal(address: string): boolean {
  const range = rangeOf(`${address}/128`);
  return range !== undefined && touchesInternet('ipv6', range);
}
