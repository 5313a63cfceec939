import type { AddressFamily } from '../../network/address-family';
import type { Target } from '../../target';
import type { BlockedTraffic } from '../blocked-traffic';
import type { InterfaceSeen } from '../interface-seen';
import type { Network } from '../surroundings';
import { letsRoundTrip, toAclFilter } from './acl-filter';
import { addressEdges, isGlobal, rangeOf } from './addresses';
import { bestOf, type Door, type Judged } from './door';
import { isBlocked, tableOf, toRouter } from './routing';

/**
 * Whether a packet from the internet that a door admits comes as far as one of its interfaces by the interface's own
 * public address, and its answer back. It needs a route to an internet gateway, no Block Public Access, and network
 * ACLs that let it in and the answer out. Addresses and ports between the edges of all blocks fare alike, so one of
 * each is tried.
 */
export function fromInternet(seen: InterfaceSeen, door: Door, target: Target, around: Network): Judged {
  const families = (['ipv4', 'ipv6'] as const).filter(
    (family) => (door.further?.family ?? family) === family && door.admits.some((each) => each.family === family),
  );
  const judged = families.map((family) => judgeFamily(seen, family, door, target, around));
  return bestOf(judged) ?? { answer: 'no', what: `${seen.id} has no address of the family` };
}

function judgeFamily(
  seen: InterfaceSeen,
  family: AddressFamily,
  door: Door,
  target: Target,
  { routeTables, networkAcls, publicAccess }: Network,
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

  const filter = toAclFilter(acl.entries);
  const admitted = door.admits.filter((each) => each.family === family);
  const samples = addressEdges(family, [
    ...admitted.map(({ cidr }) => cidr),
    ...table.routes.flatMap(({ cidr }) => cidr ?? []),
    ...acl.entries.flatMap((entry) => entry.CidrBlock ?? entry.Ipv6CidrBlock ?? []),
    ...(door.further?.cidrs ?? []),
  ]);
  const route = toRouter(family, table.routes);
  const at = (source: bigint, { protocol, ports }: BlockedTraffic): boolean =>
    letsRoundTrip(filter, { family, protocol, address: source }, ports) && door.further?.lets(source) !== false;
  let byAppliance = false;
  for (const each of admitted) {
    const block = rangeOf(each.cidr);
    if (block === undefined) continue;
    for (const source of samples) {
      if (source < block.first || source > block.last) continue;
      const to = route(source);
      if ((to !== 'internet-gateway' && to !== 'appliance') || !at(source, each)) continue;
      if (to === 'internet-gateway') return { answer: 'yes', what: `${seen.id} (${address})` };
      byAppliance = true;
    }
  }
  if (byAppliance) return { answer: 'unknown', what: `the way to ${seen.id} goes through an appliance` };
  if (table.routes.some(({ cidr, to }) => cidr === undefined && to !== 'elsewhere' && to !== 'other-vpc')) {
    return { answer: 'unknown', what: `route table ${table.id} routes by a prefix list` };
  }
  const hasRoute = samples.some((source) => route(source) === 'internet-gateway');
  if (!hasRoute) return { answer: 'no', what: `${seen.subnetId} has no route to an internet gateway` };
  if (target.kind === 'network-acl' && target.id === acl.id) {
    return { answer: 'no', what: 'earlier entries deny it, or answers do not get out' };
  }
  return { answer: 'no', what: `network ACL ${acl.id} does not let it in, or its answers out` };
}
