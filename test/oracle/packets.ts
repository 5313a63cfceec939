import type { SecurityGroup, SecurityGroupRule } from '../../src/core/network/security-group-rule';
import { addressSamples, isInternet, toBlock, type Block } from './addresses';

/** One try to get in: from an address, or from a member of another group whose addresses are not known. */
export interface Packet {
  readonly from: { readonly family: Block['family']; readonly address: bigint } | { readonly group: string };
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'gre';
  readonly port: number;
}

const NUMBERS = { tcp: '6', udp: '17', icmp: '1', gre: '47' } as const;

type PrefixLists = SecurityGroup['prefixLists'];

/** Tells which packets a rule lets in, straight from EC2's description of rules. */
export function toFilter(rule: SecurityGroupRule, prefixLists: PrefixLists): (packet: Packet) => boolean {
  if (rule.IsEgress) return () => false;
  const blocks = sourceBlocks(rule, prefixLists);
  const group = rule.ReferencedGroupInfo?.GroupId;
  return ({ from, protocol, port }) => {
    if (!letsTraffic(rule, protocol, port)) return false;
    if ('group' in from) return from.group === group;
    return blocks.some(
      (block) => block.family === from.family && block.first <= from.address && from.address <= block.last,
    );
  };
}

/** What gets in past rules: any one of them is enough. */
export function predicateOf(
  rules: readonly SecurityGroupRule[],
  prefixLists: PrefixLists,
): (packet: Packet) => boolean {
  const filters = rules.map((rule) => toFilter(rule, prefixLists));
  return (packet) => filters.some((lets) => lets(packet));
}

export function letsTraffic(rule: SecurityGroupRule, protocol: Packet['protocol'], port: number): boolean {
  if (rule.IpProtocol === '-1') return true;
  if (rule.IpProtocol !== protocol && rule.IpProtocol !== NUMBERS[protocol]) return false;
  if (protocol === 'icmp' || protocol === 'gre') return true;
  const { FromPort: from = -1, ToPort: to = -1 } = rule;
  return from === -1 || (from <= port && port <= to);
}

export function sourceBlocks(rule: SecurityGroupRule, prefixLists: PrefixLists): readonly Block[] {
  const cidr = rule.CidrIpv4 ?? rule.CidrIpv6;
  if (cidr !== undefined) return [toBlock(cidr)];
  return rule.PrefixListId === undefined ? [] : (prefixLists[rule.PrefixListId] ?? []).map(toBlock);
}

/** Packets from around every edge of every source, to around every edge of every port range: all that can differ. */
export function packetSamples(
  rules: readonly SecurityGroupRule[],
  prefixLists: PrefixLists,
  extraPorts: readonly number[],
): readonly Packet[] {
  const blocks = rules.flatMap((rule) => sourceBlocks(rule, prefixLists));
  const froms: Packet['from'][] = (['ipv4', 'ipv6'] as const).flatMap((family) => {
    // Addresses that are in the same blocks fare alike: one of them speaks for all.
    const byBlocks = new Map<string, bigint>();
    for (const address of addressSamples(family, blocks)) {
      const within = blocks.map((one) => one.family === family && one.first <= address && address <= one.last);
      byBlocks.set([isInternet(family, address), ...within].join(), address);
    }
    return [...byBlocks.values()].map((address) => ({ family, address }));
  });
  for (const { ReferencedGroupInfo: group } of rules) {
    if (group?.GroupId !== undefined) froms.push({ group: group.GroupId });
  }
  const ports = portSamples(rules, extraPorts);
  const traffic = [
    ...(['tcp', 'udp'] as const).flatMap((protocol) => ports.map((port) => ({ protocol, port }))),
    ...(['icmp', 'gre'] as const).map((protocol) => ({ protocol, port: 0 })),
  ];
  return froms.flatMap((from) => traffic.map((each) => ({ from, ...each })));
}

export function portSamples(rules: readonly SecurityGroupRule[], extra: readonly number[]): readonly number[] {
  const edges = rules.flatMap(({ FromPort: from = 0, ToPort: to = 65535 }) => [from - 1, from, to, to + 1]);
  return [...new Set([0, 65535, ...extra.flatMap((port) => [port - 1, port, port + 1]), ...edges])].filter(
    (port) => port >= 0 && port <= 65535,
  );
}
