import { toBlock } from './addresses';

type Family = 'ipv4' | 'ipv6';

/** A small world of VPCs, as somebody draws it on paper; nothing of it is how EC2 or the code under test writes it. */
export interface Drawing {
  readonly vpcs: readonly Vpc[];
  readonly blockPublicAccess: 'off' | 'both-ways' | 'inward';
  /** Names of VPCs and subnets that it leaves alone, and whether inward as well. */
  readonly exclusions: readonly { readonly of: string; readonly inward: boolean }[];
  readonly machines: readonly Machine[];
  readonly balancers: readonly Balancer[];
}

interface Vpc {
  readonly name: string;
  /** Of subnets that have none of their own. */
  readonly mainTable: Table;
  readonly subnets: readonly Subnet[];
}

interface Subnet {
  readonly name: string;
  /** Its own; undefined where it has the main one. */
  readonly table: Table | undefined;
  readonly gate: Gate;
}

/** Blocks, and where packets to them go; what is inside a VPC stays there and is left out. */
export type Table = readonly { readonly to: string; readonly by: Way }[];

export type Way = 'internet-gateway' | 'egress-only' | 'nat' | 'black-hole' | 'peering';

/** A network ACL: lines in no order, each with its number. */
export type Gate = readonly Line[];

export interface Line {
  readonly number: number;
  readonly direction: 'in' | 'out';
  readonly pass: boolean;
  readonly protocol: 'tcp' | 'udp' | 'all';
  readonly ports: readonly [number, number];
  readonly block: string;
}

/** An interface that has the rule which is asked about. */
interface Machine {
  readonly subnet: string;
  readonly publicIpv4: boolean;
  readonly globalIpv6: boolean;
}

interface Balancer {
  readonly subnet: string;
  readonly facesInternet: boolean;
  readonly listensOn: number;
  /** Machines by their place, and the port that it sends to. */
  readonly sendsTo: readonly { readonly machine: number; readonly port: number }[];
}

/** What the rule lets in that is asked about. */
export interface Hole {
  readonly from: string;
  readonly protocol: 'tcp' | 'udp';
  readonly ports: readonly [number, number];
}

/** One address of every /8 of the internet: blocks of these drawings are no smaller, but for one of IPv6. */
const SENDERS: Readonly<Record<Family, readonly bigint[]>> = {
  ipv4: Array.from({ length: 223 }, (_, i) => i + 1)
    .filter((first) => first !== 10 && first !== 127)
    .map((first) => (BigInt(first) << 24n) + 0x010203n),
  ipv6: [
    ...Array.from({ length: 32 }, (_, i) => (BigInt(0x20 + i) << 120n) + (0x11n << 112n) + 7n),
    (0x2600n << 112n) + 7n,
  ],
};

/** Where clients wait for answers. */
const CLIENT_PORTS = [1024, 2999, 3000, 3500, 4000, 4001, 65535];

/** Sends packets from everywhere, one by one, at each machine, and waits for an answer to each. */
export function isReachedDirectly(drawing: Drawing, hole: Hole): boolean {
  return drawing.machines.some((machine) => {
    const families: Family[] = [
      ...(machine.publicIpv4 ? (['ipv4'] as const) : []),
      ...(machine.globalIpv6 ? (['ipv6'] as const) : []),
    ];
    return families.some((family) =>
      probes(hole).some((port) => roundTrip(drawing, machine.subnet, family, hole, port)),
    );
  });
}

/** The same, by way of load balancers that have a machine among their targets. */
export function isReachedThroughBalancer(drawing: Drawing, hole: Hole): boolean {
  const [least, most] = hole.ports;
  return drawing.balancers.some(
    ({ subnet, facesInternet, listensOn, sendsTo }) =>
      facesInternet &&
      sendsTo.some(({ port }) => least <= port && port <= most) &&
      roundTrip(drawing, subnet, 'ipv4', { from: '0.0.0.0/0', protocol: hole.protocol, ports: [0, 65535] }, listensOn),
  );
}

function probes({ ports: [least, most] }: Hole): readonly number[] {
  return [...new Set([least, 22, 1023, 1024, 3000, 4000, 4001, most])].filter((port) => least <= port && port <= most);
}

function roundTrip(drawing: Drawing, subnetName: string, family: Family, hole: Hole, port: number): boolean {
  const vpc = drawing.vpcs.find(({ subnets }) => subnets.some(({ name }) => name === subnetName));
  const subnet = vpc?.subnets.find(({ name }) => name === subnetName);
  if (vpc === undefined || subnet === undefined) throw new Error(`no subnet ${subnetName} is drawn`);
  if (toBlock(hole.from).family !== family || !isLetInto(drawing, vpc.name, subnetName)) return false;
  return SENDERS[family].some((sender) => {
    if (!contains(hole.from, sender, family)) return false;
    if (!passes(subnet.gate, 'in', hole.protocol, port, sender, family)) return false;
    const way = leaves(subnet.table ?? vpc.mainTable, sender, family);
    return (
      way === 'internet-gateway' &&
      CLIENT_PORTS.some((client) => passes(subnet.gate, 'out', hole.protocol, client, sender, family))
    );
  });
}

function isLetInto({ blockPublicAccess, exclusions }: Drawing, vpc: string, subnet: string): boolean {
  if (blockPublicAccess === 'off') return true;
  return exclusions.some(({ of, inward }) => inward && (of === vpc || of === subnet));
}

function leaves(table: Table, receiver: bigint, family: Family): Way | undefined {
  let narrowest = -1n;
  let way: Way | undefined;
  for (const { to, by } of table) {
    if (!contains(to, receiver, family)) continue;
    const { first, last } = toBlock(to);
    if (narrowest !== -1n && last - first >= narrowest) continue;
    [narrowest, way] = [last - first, by];
  }
  return way;
}

function passes(
  gate: Gate,
  direction: Line['direction'],
  protocol: 'tcp' | 'udp',
  port: number,
  other: bigint,
  family: Family,
): boolean {
  for (let number = 1; number <= 32_766; number = next(gate, number)) {
    const line = gate.find((each) => each.number === number && each.direction === direction);
    if (line === undefined || !contains(line.block, other, family)) continue;
    if (line.protocol === 'all') return line.pass;
    if (line.protocol === protocol && line.ports[0] <= port && port <= line.ports[1]) return line.pass;
  }
  return false;
}

function next(gate: Gate, after: number): number {
  return Math.min(...gate.map(({ number }) => number).filter((number) => number > after), 32_767);
}

function contains(cidr: string, address: bigint, family: Family): boolean {
  const block = toBlock(cidr);
  return block.family === family && block.first <= address && address <= block.last;
}
