/** Both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * What a rule or an entry is about, whatever the source: every protocol, or one of them with a stretch of its ports
 * (tcp and udp) or of its types and codes (icmp and icmpv6).
 */
export type Traffic = 'everything' | OneProtocol;

export interface OneProtocol {
  /** IANA's number. */
  readonly protocol: number;
  /** Ports, or icmp types. */
  readonly ports: Range;
  /** Icmp codes. */
  readonly codes: Range;
}

export const TCP = 6;
export const UDP = 17;
const ICMP = 1;
const ICMPV6 = 58;

const NUMBERS: ReadonlyMap<string, number> = new Map([
  ['tcp', TCP],
  ['udp', UDP],
  ['icmp', ICMP],
  ['icmpv6', ICMPV6],
]);
const NAMES = new Map([...NUMBERS].map(([name, number]) => [number, name]));

const NOTHING_TO_DISTINGUISH: Range = { from: 0, to: 0 };
const OCTETS: Range = { from: 0, to: 255 };
export const EVERY_PORT: Range = { from: 0, to: 65535 };

/** Undefined for what EC2 does not know as a protocol. */
function readProtocol(text: string): number | 'everything' | undefined {
  if (text === '-1' || text.toLowerCase() === 'all') return 'everything';
  if (/^\d{1,3}$/.test(text) && Number(text) <= 255) return Number(text);
  return NUMBERS.get(text.toLowerCase());
}

/**
 * Reads protocol, ports and icmp types as EC2 does: ports are those of tcp and udp alone, every other protocol has
 * none; what is missing or -1 means all. Undefined for what makes no sense.
 *
 * @param first port or icmp type to begin with
 * @param second port to end with, or icmp code
 */
export function readTraffic(
  protocol: string,
  first: number | undefined,
  second: number | undefined,
): Traffic | undefined {
  const number = readProtocol(protocol);
  if (number === undefined || number === 'everything') return number;
  const [portsOfAll, codesOfAll] = extentOf(number);
  if (number === TCP || number === UDP) {
    if (first === undefined || second === undefined || first === -1 || second === -1) {
      return { protocol: number, ports: portsOfAll, codes: codesOfAll };
    }
    if (first < 0 || first > second || second > EVERY_PORT.to) return undefined;
    return { protocol: number, ports: { from: first, to: second }, codes: codesOfAll };
  }
  if (number !== ICMP && number !== ICMPV6) return { protocol: number, ports: portsOfAll, codes: codesOfAll };
  const ports = octet(first);
  const codes = octet(second);
  return ports && codes && { protocol: number, ports, codes };
}

function octet(value = -1): Range | undefined {
  if (value === -1) return OCTETS;
  return value >= 0 && value <= OCTETS.to ? { from: value, to: value } : undefined;
}

function extentOf(protocol: number): readonly [ports: Range, codes: Range] {
  if (protocol === TCP || protocol === UDP) return [EVERY_PORT, NOTHING_TO_DISTINGUISH];
  if (protocol === ICMP || protocol === ICMPV6) return [OCTETS, OCTETS];
  return [NOTHING_TO_DISTINGUISH, NOTHING_TO_DISTINGUISH];
}

/** Traffic that no rule in sight distinguishes: what holds for any of it holds for all of it. */
export type EquivalenceClass = OneProtocol | 'every other protocol';

/** Splits all traffic at every edge that occurs. Protocols that nobody names are one class: there are always some. */
export function toEquivalenceClasses(traffic: readonly Traffic[]): readonly EquivalenceClass[] {
  const named = new Map<number, OneProtocol[]>();
  for (const each of traffic) {
    if (each === 'everything') continue;
    const others = named.get(each.protocol);
    if (others) others.push(each);
    else named.set(each.protocol, [each]);
  }
  const classes = [...named].flatMap(([protocol, all]) => {
    const [everyPort, everyCode] = extentOf(protocol);
    const codes = split(
      everyCode,
      all.map((each) => each.codes),
    );
    return split(
      everyPort,
      all.map((each) => each.ports),
    ).flatMap((ports) => codes.map((each) => ({ protocol, ports, codes: each })));
  });
  return [...classes, 'every other protocol'];
}

function split({ from, to }: Range, ranges: readonly Range[]): readonly Range[] {
  const edges = new Set([from, ...ranges.flatMap((range) => [range.from, range.to + 1])]);
  const beginnings = [...edges].filter((edge) => edge >= from && edge <= to).sort((a, b) => a - b);
  return beginnings.map((beginning, i) => ({ from: beginning, to: (beginnings[i + 1] ?? to + 1) - 1 }));
}

/** A class is let through as a whole or not at all by all traffic that it was split for. */
export function isAbout(traffic: Traffic, trafficClass: EquivalenceClass): boolean {
  if (traffic === 'everything') return true;
  if (trafficClass === 'every other protocol' || trafficClass.protocol !== traffic.protocol) return false;
  return isWithin(trafficClass.ports, traffic.ports) && isWithin(trafficClass.codes, traffic.codes);
}

function isWithin(inner: Range, outer: Range): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

/** Traffic in words, such as `tcp 22`. */
export function renderTraffic(traffic: Traffic): string {
  return traffic === 'everything' ? 'every protocol' : renderEquivalenceClass(traffic);
}

/** `tcp 22`, `udp 0-65535`, `icmp type 8`, `protocol 47`. */
export function renderEquivalenceClass(trafficClass: EquivalenceClass): string {
  if (trafficClass === 'every other protocol') return trafficClass;
  const { protocol, ports, codes } = trafficClass;
  const name = NAMES.get(protocol) ?? `protocol ${String(protocol)}`;
  if (protocol === TCP || protocol === UDP) return `${name} ${renderRange(ports)}`;
  if (protocol !== ICMP && protocol !== ICMPV6) return name;
  return `${name} type ${renderRange(ports)}${codes.to - codes.from === OCTETS.to ? '' : ` code ${renderRange(codes)}`}`;
}

function renderRange({ from, to }: Range): string {
  return from === to ? String(from) : `${String(from)}-${String(to)}`;
}
