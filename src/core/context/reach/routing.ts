import type { AddressFamily } from '../../network/address-family';
import { parseCidr } from '../../network/cidr';
import type { InterfaceSeen } from '../interface-seen';
import type { PublicAccess, RouteSeen, RouteTableSeen } from '../surroundings';

/** The most specific route decides: https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html */
export function toRouter(family: AddressFamily, routes: readonly RouteSeen[]): (address: bigint) => RouteSeen['to'] {
  const ordered = routes
    .flatMap(({ cidr, to }) => {
      const parsed = cidr === undefined ? undefined : parseCidr(cidr);
      return parsed?.ok === true && parsed.value.family === family ? [{ ...parsed.value, to }] : [];
    })
    .sort((a, b) => b.prefixLength - a.prefixLength);
  return (address) => ordered.find(({ first, last }) => first <= address && address <= last)?.to ?? 'nowhere';
}

/** The table that a subnet is associated with, else the main one of its VPC; undefined where it is not shown. */
export function tableOf(
  { subnetId, vpcId }: InterfaceSeen,
  tables: readonly RouteTableSeen[],
): RouteTableSeen | undefined {
  const own = tables.find(({ subnetIds }) => subnetIds.includes(subnetId));
  return own ?? tables.find((table) => table.isMain && table.vpcId === vpcId);
}

/** Whether VPC Block Public Access keeps the internet from where an interface is. */
export function isBlocked({ mode, letIn }: PublicAccess, { vpcId, subnetId }: InterfaceSeen): boolean {
  return mode !== 'off' && !letIn.includes(vpcId) && !letIn.includes(subnetId);
}
