import type { CertifiedControl } from '../certificate';
import type { Family } from './address-block';
import { EVERY_PORT, TCP, UDP, type OneProtocol, type Range } from './traffic';

/** What a control forbids, written down from Security Hub's documentation, apart from what the planner goes by. */
export type Forbidden =
  | {
      readonly kind: 'from-the-internet';
      readonly of: Readonly<Record<Family, ForbiddenTraffic>>;
      /** Where it is about entries of network ACLs as well, read as those of `entries`. */
      readonly traffic?: readonly OneProtocol[];
    }
  /** Any rule of a default group, in either direction. */
  | { readonly kind: 'any-rule' }
  /** ALLOW entries of a network ACL that name everybody, read literally. */
  | { readonly kind: 'entries'; readonly traffic: readonly OneProtocol[] }
  | { readonly kind: 'not-known'; readonly why: string };

export interface ForbiddenTraffic {
  readonly traffic: readonly OneProtocol[];
  /** Rules for every protocol, whatever their ports. */
  readonly everyProtocol: boolean;
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html */
export function readForbidden({ id, parameters }: CertifiedControl): Forbidden {
  switch (id) {
    case 'EC2.2':
      return { kind: 'any-rule' };
    case 'EC2.13':
      return inBothFamilies(over(TCP, 22));
    case 'EC2.14':
      return inBothFamilies(over(TCP, 3389));
    case 'EC2.18':
      return allBut(parameters);
    case 'EC2.19':
      return inBothFamilies(over(TCP, ...HIGH_RISK));
    case 'EC2.21':
      return { kind: 'entries', traffic: ADMINISTRATION };
    case 'EC2.53':
      return { kind: 'from-the-internet', of: { ipv4: only(ADMINISTRATION), ipv6: only([]) } };
    case 'EC2.54':
      return { kind: 'from-the-internet', of: { ipv4: only([]), ipv6: only(ADMINISTRATION) } };
    case 'baseline':
      return allOf(parameters);
    default:
      return { kind: 'not-known', why: `what ${id} forbids is not known here` };
  }
}

const ADMINISTRATION = [...over(TCP, 22, 3389), ...over(UDP, 22, 3389)];

const HIGH_RISK = [
  ...[20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601],
  ...[8080, 8088, 8888, 9200, 9300],
];

function over(protocol: number, ...ports: readonly number[]): readonly OneProtocol[] {
  return ports.map((port) => withPorts(protocol, { from: port, to: port }));
}

function withPorts(protocol: number, ports: Range): OneProtocol {
  return { protocol, ports, codes: { from: 0, to: 0 } };
}

function only(traffic: readonly OneProtocol[]): ForbiddenTraffic {
  return { traffic, everyProtocol: false };
}

function inBothFamilies(
  traffic: readonly OneProtocol[],
  everyProtocol = false,
): Forbidden & { kind: 'from-the-internet' } {
  const both = { traffic, everyProtocol };
  return { kind: 'from-the-internet', of: { ipv4: both, ipv6: both } };
}

/** What the configuration forbade: every port that the parameters name. Security groups and network ACLs alike. */
function allOf(parameters: CertifiedControl['parameters']): Forbidden {
  const named = (protocol: number, name: string): readonly OneProtocol[] | undefined => {
    const ranges = readRanges(parameters.find(({ Name }) => Name === name)?.Value ?? []);
    return ranges?.map((range) => withPorts(protocol, range));
  };
  const [tcp, udp] = [named(TCP, 'forbiddenTcpPorts'), named(UDP, 'forbiddenUdpPorts')];
  if (!tcp || !udp || tcp.length + udp.length === 0) {
    return { kind: 'not-known', why: 'the parameters of the baseline cannot be understood' };
  }
  const traffic = [...tcp, ...udp];
  return { ...inBothFamilies(traffic), traffic };
}

/** EC2.18: every port that its parameters, or else Security Hub's defaults, do not authorize. */
function allBut(parameters: CertifiedControl['parameters']): Forbidden {
  const authorized = (name: string, otherwise: readonly string[]): readonly Range[] | undefined => {
    return readRanges(parameters.find(({ Name }) => Name === name)?.Value ?? otherwise);
  };
  const tcp = authorized('authorizedTcpPorts', ['80', '443']);
  const udp = authorized('authorizedUdpPorts', []);
  if (!tcp || !udp) return { kind: 'not-known', why: 'the parameters of EC2.18 cannot be understood' };
  const traffic = [
    ...gaps(tcp).map((range) => withPorts(TCP, range)),
    ...gaps(udp).map((range) => withPorts(UDP, range)),
  ];
  return inBothFamilies(traffic, true);
}

function readRanges(values: readonly string[]): readonly Range[] | undefined {
  const texts = values.flatMap((value) => value.split(',')).map((text) => text.trim());
  const ranges = texts.filter((text) => text !== '').map(readRange);
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
}

function readRange(text: string): Range | undefined {
  const [, from, to = from] = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/.exec(text) ?? [];
  const range = { from: Number(from), to: Number(to) };
  return range.from <= range.to && range.to <= EVERY_PORT.to ? range : undefined;
}

function gaps(ranges: readonly Range[]): readonly Range[] {
  const found: Range[] = [];
  let next = EVERY_PORT.from;
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    if (from > next) found.push({ from: next, to: from - 1 });
    next = Math.max(next, to + 1);
  }
  return next > EVERY_PORT.to ? found : [...found, { from: next, to: EVERY_PORT.to }];
}
