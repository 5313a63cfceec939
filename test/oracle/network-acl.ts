import type { NetworkAclEntry } from '../../src/core/network/network-acl';
import type { NetworkAclStep } from '../../src/core/planning/plan';
import { addressSamples, isInternet, toBlock, type Block } from './addresses';

/** One packet on its way in, with the number of its protocol. */
export interface AclPacket {
  readonly family: Block['family'];
  readonly address: bigint;
  readonly protocol: number;
  /** For icmp its type. */
  readonly port: number;
}

/** Does to entries what EC2 would do, and throws where EC2 would refuse. */
export function applyEntryStep(
  entries: readonly NetworkAclEntry[],
  { call, rules }: NetworkAclStep,
): readonly NetworkAclEntry[] {
  const [entry] = rules;
  if (!Number.isInteger(entry.RuleNumber) || entry.RuleNumber < 1 || entry.RuleNumber > 32766) {
    throw new Error(`InvalidParameterValue: rule number ${String(entry.RuleNumber)}`);
  }
  const there = entries.filter((one) => one.Egress === entry.Egress && one.RuleNumber === entry.RuleNumber);
  const others = entries.filter((one) => !there.includes(one));
  if (call === 'CreateNetworkAclEntry' && there.length > 0) throw new Error('NetworkAclEntryAlreadyExists');
  if (call !== 'CreateNetworkAclEntry' && there.length === 0) throw new Error('InvalidNetworkAclEntry.NotFound');
  switch (call) {
    case 'DeleteNetworkAclEntry':
      return others;
    case 'CreateNetworkAclEntry':
    case 'ReplaceNetworkAclEntry':
      return [...others, withPortsThatFit(entry)];
  }
}

function withPortsThatFit(entry: NetworkAclEntry): NetworkAclEntry {
  const hasPorts = ['6', '17', 'tcp', 'udp'].includes(entry.Protocol);
  if (hasPorts !== (entry.PortRange !== undefined) && entry.Protocol !== '-1') throw new Error('ports do not fit');
  return entry;
}

const NUMBERS: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1 };

function numberOf({ Protocol }: NetworkAclEntry): number {
  return NUMBERS[Protocol] ?? Number(Protocol);
}

/** Whether an entry is about a packet; it then decides, allow or deny. */
export function isAbout(entry: NetworkAclEntry, packet: AclPacket): boolean {
  return matcherOf(entry)(packet);
}

function matcherOf(entry: NetworkAclEntry): (packet: AclPacket) => boolean {
  if (entry.Egress) return () => false;
  const block = toBlock(entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '');
  const own = numberOf(entry);
  const [from, to] =
    own === 6 || own === 17 ? [entry.PortRange?.From ?? 0, entry.PortRange?.To ?? 65535] : icmpRange(entry);
  return ({ family, address, protocol, port }) =>
    (own === -1 || (own === protocol && from <= port && port <= to)) &&
    block.family === family &&
    address >= block.first &&
    address <= block.last;
}

function icmpRange({ IcmpTypeCode: icmp }: NetworkAclEntry): readonly [number, number] {
  return icmp === undefined || icmp.Type === -1 ? [0, 255] : [icmp.Type, icmp.Type];
}

/** The first entry that is about a packet decides; nothing about it means no. */
export function letsIn(entries: readonly NetworkAclEntry[]): (packet: AclPacket) => boolean {
  const ordered = [...entries]
    .sort((a, b) => a.RuleNumber - b.RuleNumber)
    .map((entry) => ({ matches: matcherOf(entry), allows: entry.RuleAction === 'allow' }));
  return (packet) => ordered.find(({ matches }) => matches(packet))?.allows ?? false;
}

/** Whether Security Hub fails an entry: ALLOW, from everywhere, of a port that may not be. */
export function isViolating(entry: NetworkAclEntry): boolean {
  const source = entry.CidrBlock ?? entry.Ipv6CidrBlock;
  if (entry.RuleAction !== 'allow' || (source !== '0.0.0.0/0' && source !== '::/0')) return false;
  const [family, address] = source === '::/0' ? (['ipv6', 1n] as const) : (['ipv4', 1n] as const);
  return [6, 17].some((protocol) => [22, 3389].some((port) => isAbout(entry, { family, address, protocol, port })));
}

/** Packets around every edge of every entry: all that can fare differently. */
export function aclPackets(entries: readonly NetworkAclEntry[]): readonly AclPacket[] {
  const blocks = entries.map((entry) => toBlock(entry.CidrBlock ?? entry.Ipv6CidrBlock ?? ''));
  const froms = (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const byBlocks = new Map<string, bigint>();
    for (const address of addressSamples(family, blocks)) {
      const within = blocks.map((one) => one.family === family && one.first <= address && address <= one.last);
      byBlocks.set([isInternet(family, address), ...within].join(), address);
    }
    return [...byBlocks.values()].map((address) => ({ family, address }));
  });
  const edges = entries.flatMap(({ PortRange: ports }) =>
    ports === undefined ? [] : [ports.From - 1, ports.From, ports.To, ports.To + 1],
  );
  const ports = [...new Set([0, 21, 22, 23, 80, 3388, 3389, 3390, 65535, ...edges])].filter(
    (p) => p >= 0 && p <= 65535,
  );
  const traffic = [
    ...[6, 17].flatMap((protocol) => ports.map((port) => ({ protocol, port }))),
    ...[1, 58].flatMap((protocol) => [0, 8].map((port) => ({ protocol, port }))),
    ...[47, 50, 51, 132].map((protocol) => ({ protocol, port: 0 })),
  ];
  return froms.flatMap((from) => traffic.map((each) => ({ ...from, ...each })));
}
