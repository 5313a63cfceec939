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
  readonly privateAddress: string;
  readonly publicIpv4: boolean;
  readonly globalIpv6: boolean;
}

export interface Balancer {
  readonly subnet: string;
  readonly privateAddress: string;
  readonly facesInternet: boolean;
  readonly listensOn: number;
  /** Whether who is behind it sees who sent a packet. */
  readonly keepsSender: boolean;
  /** Its security group; undefined where it has none. */
  readonly guard: readonly Post[] | undefined;
  /** Machines or balancers by their place, in its own VPC, and the port that it sends to. */
  readonly sendsTo: readonly { readonly what: 'machine' | 'balancer'; readonly nth: number; readonly port: number }[];
}

/** One rule of a security group. */
export interface Post {
  readonly direction: 'in' | 'out';
  readonly ports: readonly [number, number];
  readonly block: string;
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

/**
 * The same, by way of load balancers: a packet from everywhere goes in at each that faces the internet, and on to all
 * that it sends to, as who sent it or as the balancer, until it comes to a machine.
 */
export function isReachedThroughBalancer(drawing: Drawing, hole: Hole): boolean {
  if (hole.protocol === 'udp') return false;
  return drawing.balancers.some((balancer) => {
    const { subnet, facesInternet, listensOn, guard } = balancer;
    const everybody: Hole = { from: '0.0.0.0/0', protocol: 'tcp', ports: [listensOn, listensOn] };
    if (!facesInternet) return false;
    return SENDERS.ipv4.some(
      (sender) =>
        letsPass(guard, 'in', listensOn, sender) &&
        roundTrip(drawing, subnet, 'ipv4', everybody, listensOn, [sender]) &&
        goesOn(drawing, hole, balancer, sender, []),
    );
  });
}

function goesOn(drawing: Drawing, hole: Hole, from: Balancer, sender: bigint, passed: readonly Balancer[]): boolean {
  if (passed.includes(from)) return false;
  return from.sendsTo.some(({ what, nth, port }) => {
    const to = what === 'machine' ? drawing.machines[nth] : drawing.balancers[nth];
    if (to === undefined || vpcOf(drawing, to.subnet) !== vpcOf(drawing, from.subnet)) return false;
    const [here, there] = [toBlock(`${from.privateAddress}/32`).first, toBlock(`${to.privateAddress}/32`).first];
    const seenAs = from.keepsSender ? sender : here;
    if (!letsPass(from.guard, 'out', port, there)) return false;
    if (from.subnet !== to.subnet) {
      if (!bothWays(gateOf(drawing, to.subnet), 'in', port, seenAs)) return false;
      // What has the client's address does not show whose it is where it leaves.
      if (!from.keepsSender && !bothWays(gateOf(drawing, from.subnet), 'out', port, there)) return false;
    }
    if (!('sendsTo' in to))
      return hole.ports[0] <= port && port <= hole.ports[1] && contains(hole.from, seenAs, 'ipv4');
    if (to.listensOn !== port || !letsPass(to.guard, 'in', port, seenAs)) return false;
    return goesOn(drawing, hole, to, seenAs, [...passed, from]);
  });
}

/** There, by the port, and back, to where clients wait. */
function bothWays(gate: Gate, there: 'in' | 'out', port: number, other: bigint): boolean {
  const back = there === 'in' ? 'out' : 'in';
  return (
    passes(gate, there, 'tcp', port, other, 'ipv4') &&
    CLIENT_PORTS.some((client) => passes(gate, back, 'tcp', client, other, 'ipv4'))
  );
}

function letsPass(guard: Balancer['guard'], direction: 'in' | 'out', port: number, other: bigint): boolean {
  if (guard === undefined) return true;
  return guard.some(
    (post) =>
      post.direction === direction &&
      post.ports[0] <= port &&
      port <= post.ports[1] &&
      contains(post.block, other, 'ipv4'),
  );
}

/** Whether a balancer may stand behind a route of a machine's subnet, in another VPC. */
export function leadsElsewhere(drawing: Drawing, hole: Hole): boolean {
  return drawing.machines.some(({ subnet: name }) => {
    const { vpc, subnet } = placeOf(drawing, name);
    return (subnet.table ?? vpc.mainTable).some(
      ({ to, by }) => by === 'peering' && toBlock(to).family === toBlock(hole.from).family,
    );
  });
}

function placeOf({ vpcs }: Drawing, name: string): { readonly vpc: Vpc; readonly subnet: Subnet } {
  const vpc = vpcs.find(({ subnets }) => subnets.some((each) => each.name === name));
  const subnet = vpc?.subnets.find((each) => each.name === name);
  if (vpc === undefined || subnet === undefined) throw new Error(`no subnet ${name} is drawn`);
  return { vpc, subnet };
}

function vpcOf(drawing: Drawing, subnet: string): string {
  return placeOf(drawing, subnet).vpc.name;
}

function gateOf(drawing: Drawing, subnet: string): Gate {
  return placeOf(drawing, subnet).subnet.gate;
}

function probes({ ports: [least, most] }: Hole): readonly number[] {
  return [...new Set([least, 22, 1023, 1024, 3000, 4000, 4001, most])].filter((port) => least <= port && port <= most);
}

function roundTrip(
  drawing: Drawing,
  subnetName: string,
  family: Family,
  hole: Hole,
  port: number,
  senders = SENDERS[family],
): boolean {
  const { vpc, subnet } = placeOf(drawing, subnetName);
  if (toBlock(hole.from).family !== family || !isLetInto(drawing, vpc.name, subnetName)) return false;
  return senders.some((sender) => {
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
