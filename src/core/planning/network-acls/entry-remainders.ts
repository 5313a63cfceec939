import type { NetworkAclEntry } from '../../network/network-acl';
import { subtractPorts, type PortSet } from '../../network/port-set';
import { canonicalProtocol, type PortProtocol } from '../../network/protocol';
import { portsOfEntry } from './find-entry-violations';

/** Protocols without ports that stay when an entry for all protocols is split: IPsec's ESP and AH, and GRE. */
const KEPT_PROTOCOLS = ['50', '51', '47'];

/** Whatever a policy says of these, their ports are what is subtracted, and icmp stays anyway. */
const SPLIT_BY_PORT: ReadonlySet<string> = new Set(['-1', 'tcp', 'udp', 'icmp', 'icmpv6']);

/** https://www.iana.org/assignments/protocol-numbers */
const NUMBERS = { tcp: '6', udp: '17', icmp: '1', icmpv6: '58' } as const;

/** What is left of an entry without the forbidden ports; all carry the old entry's number still. */
export interface Remainders {
  /** Entries for tcp, udp and icmp, which nobody can do without. */
  readonly needed: readonly NetworkAclEntry[];
  /** Entries for the protocols that the policy keeps while there is room: the last of them is given up first. */
  readonly kept: readonly NetworkAclEntry[];
}

/** What is left of an ALLOW entry, as entries that together allow exactly that. None when nothing is left. */
export function remaindersOf(
  entry: NetworkAclEntry,
  forbiddenTo: (source: string, protocol: PortProtocol) => PortSet,
  keepProtocols: readonly string[] = KEPT_PROTOCOLS,
): Remainders {
  const { PortRange: _ports, IcmpTypeCode: _icmp, ...rest } = entry;
  const source = entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '';
  const ranges = (['tcp', 'udp'] as const).flatMap((protocol) =>
    subtractPorts(portsOfEntry(entry, protocol), forbiddenTo(source, protocol)).map((range) => ({
      ...rest,
      Protocol: NUMBERS[protocol],
      PortRange: { From: range.from, To: range.to },
    })),
  );
  if (canonicalProtocol(entry.Protocol) !== '-1') return { needed: ranges, kept: [] };
  const icmp = entry.Ipv6CidrBlock === undefined ? NUMBERS.icmp : NUMBERS.icmpv6;
  return {
    needed: [...ranges, { ...rest, Protocol: icmp, IcmpTypeCode: { Type: -1, Code: -1 } }],
    kept: [...new Set(keepProtocols.map(canonicalProtocol))]
      .filter((protocol) => !SPLIT_BY_PORT.has(protocol))
      .map((protocol) => ({ ...rest, Protocol: protocol })),
  };
}
