import { portsOverlap, singlePorts } from '../../network/port-set';
import type { PortProtocol } from '../../network/protocol';
import { portsOf } from '../../network/rule-ports';
import type { BalancerSeen } from '../balancer';
import type { BlockedTraffic } from '../blocked-traffic';
import type { InterfaceSeen } from '../interface-seen';
import { familyOfAddress } from './addresses';
import type { Door } from './door';

const ANYBODY = ['0.0.0.0/0', '::/0'];

/**
 * What a listener of a load balancer lets in: all, where it has no groups; else what rules of these do.
 *
 * @param listsHoldAll whether lists that rules name, whose entries are not read, are taken to hold everybody
 */
export function balancerDoor(
  { groupIds, rules }: BalancerSeen,
  at: readonly InterfaceSeen[],
  port: number,
  protocol: PortProtocol,
  listsHoldAll: boolean,
): Door & { readonly lists: readonly string[] } {
  const about = rules.filter((rule) => !rule.IsEgress && portsOverlap(portsOf(rule, protocol), singlePorts(port)));
  const lists = about.flatMap(({ PrefixListId }) => PrefixListId ?? []);
  const takesAll = groupIds.length === 0 || (listsHoldAll && lists.length > 0);
  const cidrs = takesAll ? ANYBODY : about.flatMap(({ CidrIpv4, CidrIpv6 }) => CidrIpv4 ?? CidrIpv6 ?? []);
  return {
    at,
    admits: cidrs.map((cidr): BlockedTraffic => ({
      family: familyOfAddress(cidr),
      cidr,
      protocol,
      ports: singlePorts(port),
    })),
    groups: about.flatMap(({ ReferencedGroupInfo }) => ReferencedGroupInfo?.GroupId ?? []),
    lists,
  };
}
