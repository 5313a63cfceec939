/** An icmp type by name, and its codes where they have names. */
interface IcmpType {
  readonly name: string;
  readonly codes?: Readonly<Record<number, string>>;
}

/** https://www.iana.org/assignments/icmp-parameters */
const ICMP: Readonly<Record<number, IcmpType>> = {
  0: { name: 'echo reply' },
  3: {
    name: 'destination unreachable',
    codes: {
      0: 'network',
      1: 'host',
      2: 'protocol',
      3: 'port',
      4: 'fragmentation needed',
      5: 'source route failed',
      6: 'network unknown',
      7: 'host unknown',
      9: 'network prohibited',
      10: 'host prohibited',
      13: 'prohibited by a filter',
    },
  },
  4: { name: 'source quench' },
  5: { name: 'redirect', codes: { 0: 'network', 1: 'host', 2: 'network and service', 3: 'host and service' } },
  8: { name: 'echo request' },
  9: { name: 'router advertisement' },
  10: { name: 'router solicitation' },
  11: { name: 'time exceeded', codes: { 0: 'in transit', 1: 'reassembling fragments' } },
  12: { name: 'parameter problem', codes: { 0: 'at the pointer', 1: 'option missing', 2: 'bad length' } },
  13: { name: 'timestamp request' },
  14: { name: 'timestamp reply' },
  17: { name: 'address mask request' },
  18: { name: 'address mask reply' },
  42: { name: 'extended echo request' },
  43: { name: 'extended echo reply' },
};

/** https://www.iana.org/assignments/icmpv6-parameters */
const ICMPV6: Readonly<Record<number, IcmpType>> = {
  1: {
    name: 'destination unreachable',
    codes: {
      0: 'no route',
      1: 'prohibited',
      2: 'beyond scope',
      3: 'address',
      4: 'port',
      5: 'source address refused',
      6: 'route rejected',
    },
  },
  2: { name: 'packet too big' },
  3: { name: 'time exceeded', codes: { 0: 'in transit', 1: 'reassembling fragments' } },
  4: { name: 'parameter problem', codes: { 0: 'header field', 1: 'next header', 2: 'option' } },
  128: { name: 'echo request' },
  129: { name: 'echo reply' },
  130: { name: 'multicast listener query' },
  131: { name: 'multicast listener report' },
  132: { name: 'multicast listener done' },
  133: { name: 'router solicitation' },
  134: { name: 'router advertisement' },
  135: { name: 'neighbor solicitation' },
  136: { name: 'neighbor advertisement' },
  137: { name: 'redirect' },
  143: { name: 'multicast listener report version 2' },
};

/**
 * What rules and entries of icmp are about, by name, with type and code as EC2 writes them behind: `icmp`,
 * `icmp echo request (8/-1)`, `icmp destination unreachable: fragmentation needed (3/4)`, `icmpv6 type 200 (200/-1)`.
 *
 * @param type missing or -1 means all
 * @param code missing or -1 means all of the type
 * @returns two texts are the same only for the same traffic
 */
export function renderIcmp(protocol: 'icmp' | 'icmpv6', type = -1, code = -1): string {
  if (type === -1) return protocol;
  const known = (protocol === 'icmp' ? ICMP : ICMPV6)[type];
  const ofCode = code === -1 ? '' : `: ${known?.codes?.[code] ?? `code ${String(code)}`}`;
  return `${protocol} ${known?.name ?? `type ${String(type)}`}${ofCode} (${String(type)}/${String(code)})`;
}
