import fc from 'fast-check';
import type { BalancerSeen } from '../../../src/core/context/balancer';
import type { BlockedTraffic } from '../../../src/core/context/blocked-traffic';
import type { RouteSeen, Surroundings } from '../../../src/core/context/surroundings';
import { toReachable } from '../../../src/core/context/to-reachable';
import { failure, success } from '../../../src/core/result';
import { assertProperty } from '../../oracle/assert-property';
import {
  isReachedDirectly,
  isReachedThroughBalancer,
  leadsElsewhere,
  type Balancer,
  type Drawing,
  type Gate,
  type Hole,
  type Line,
  type Post,
  type Table,
  type Way,
} from '../../oracle/vpc-model';
import { TARGET } from '../../flow/fixtures';

const BLOCKS = {
  ipv4: ['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '8.0.0.0/8', '10.0.0.0/8', '200.0.0.0/8'],
  ipv6: ['::/0', '2000::/3', '2000::/4', '3000::/4', '2600::/16', 'fd00::/8'],
} as const;
const anyBlock = fc.constantFrom(...BLOCKS.ipv4, ...BLOCKS.ipv6);
const anyPorts = fc.constantFrom<[number, number][]>([0, 65535], [22, 22], [0, 1023], [1024, 65535], [3000, 4000]);

const anyLine: fc.Arbitrary<Line> = fc.record({
  number: fc.integer({ min: 1, max: 9 }),
  direction: fc.constantFrom('in', 'out'),
  pass: fc.boolean(),
  protocol: fc.constantFrom('tcp', 'udp', 'all'),
  ports: anyPorts,
  block: anyBlock,
});
const everything = (['in', 'out'] as const).flatMap((direction) =>
  ['0.0.0.0/0', '::/0'].map((block, index): Line => {
    return { number: 100 + index, direction, pass: true, protocol: 'all', ports: [0, 65535], block };
  }),
);
/** Half of them let through what no line before has decided. */
const anyGate: fc.Arbitrary<Gate> = fc
  .tuple(
    fc.uniqueArray(anyLine, { selector: ({ number, direction }) => `${String(number)} ${direction}`, maxLength: 4 }),
    fc.constantFrom(true, true, false),
  )
  .map(([lines, isOpen]) => [...lines, ...(isOpen ? everything : [])]);
const anyTable: fc.Arbitrary<Table> = fc.uniqueArray(
  fc.record({
    to: anyBlock,
    by: fc.constantFrom<Way[]>('internet-gateway', 'internet-gateway', 'egress-only', 'nat', 'black-hole', 'peering'),
  }),
  { selector: ({ to }) => to, maxLength: 4 },
);
const open: Table = [
  { to: '0.0.0.0/0', by: 'internet-gateway' },
  { to: '::/0', by: 'internet-gateway' },
];
const anyVpc = (name: string, subnets: readonly string[]) =>
  fc.record({
    name: fc.constant(name),
    mainTable: fc.oneof(anyTable, fc.constant(open)),
    subnets: fc.tuple(
      ...subnets.map((subnet) =>
        fc.record({ name: fc.constant(subnet), table: fc.option(anyTable, { nil: undefined }), gate: anyGate }),
      ),
    ),
  });
const anyPost: fc.Arbitrary<Post> = fc.record({
  direction: fc.constantFrom('in', 'out'),
  ports: fc.constantFrom<[number, number][]>([0, 65535], [22, 22], [443, 443]),
  block: fc.constantFrom('0.0.0.0/0', '0.0.0.0/0', ...BLOCKS.ipv4),
});
const SUBNETS = ['subnet-a', 'subnet-b', 'subnet-c'] as const;
const anyDrawing: fc.Arbitrary<Drawing> = fc.record({
  vpcs: fc.tuple(anyVpc('vpc-1', ['subnet-a', 'subnet-b']), anyVpc('vpc-2', ['subnet-c'])),
  blockPublicAccess: fc.constantFrom('off', 'off', 'both-ways', 'inward'),
  exclusions: fc.array(fc.record({ of: fc.constantFrom('vpc-1', 'vpc-2', ...SUBNETS), inward: fc.boolean() }), {
    maxLength: 2,
  }),
  machines: fc
    .array(
      fc.record({
        subnet: fc.constantFrom(...SUBNETS),
        publicIpv4: fc.boolean(),
        globalIpv6: fc.boolean(),
      }),
      { maxLength: 3 },
    )
    .map((machines) => machines.map((each, at) => ({ ...each, privateAddress: `10.0.1.${String(at + 4)}` }))),
  balancers: fc
    .array(
      fc.record({
        subnet: fc.constantFrom(...SUBNETS),
        facesInternet: fc.boolean(),
        keepsSender: fc.boolean(),
        listensOn: fc.constantFrom(22, 443),
        guard: fc.option(fc.array(anyPost, { maxLength: 4 }), { nil: undefined }),
        sendsTo: fc.array(
          fc.record({
            what: fc.constantFrom('machine', 'machine', 'balancer'),
            nth: fc.integer({ min: 0, max: 2 }),
            port: fc.constantFrom(22, 443),
          }),
          { minLength: 1, maxLength: 3 },
        ),
      }),
      { maxLength: 3 },
    )
    .map((balancers) => balancers.map((each, at) => ({ ...each, privateAddress: `10.0.2.${String(at + 4)}` }))),
});
const mostly = fc.constantFrom(true, true, true, false);
/** Drawings in which not much else is in the way of what comes through balancers. */
const anyBalancedDrawing: fc.Arbitrary<Drawing> = fc
  .tuple(
    anyDrawing.filter(({ machines, balancers }) => machines.length > 0 && balancers.length > 0),
    fc.array(mostly, { minLength: 9, maxLength: 9 }),
  )
  .map(([drawing, [isOpen, isLet, ...others]]) => ({
    ...drawing,
    blockPublicAccess: isOpen === true ? 'off' : drawing.blockPublicAccess,
    vpcs: drawing.vpcs.map((vpc) => ({
      ...vpc,
      mainTable: isLet === true ? open : vpc.mainTable,
      subnets: vpc.subnets.map((subnet, at) => ({
        ...subnet,
        table: isLet === true ? undefined : subnet.table,
        gate: others[at] === true ? everything : subnet.gate,
      })),
    })),
    machines: drawing.machines.map((each) => ({ ...each, publicIpv4: false })),
    balancers: drawing.balancers.map((each, at) => ({
      ...each,
      facesInternet: others[3 + at] === true,
      guard: others[6] === true ? each.guard : undefined,
    })),
  }));
const anyHole: fc.Arbitrary<Hole> = fc.record({
  from: fc.oneof(anyBlock, fc.constantFrom('0.0.0.0/0', '::/0')),
  protocol: fc.constantFrom('tcp', 'udp'),
  ports: anyPorts,
});

const anyHoleForBalancers: fc.Arbitrary<Hole> = fc.record({
  from: fc.constantFrom('0.0.0.0/0', '0.0.0.0/0', '128.0.0.0/1', '10.0.0.0/8'),
  protocol: fc.constantFrom('tcp', 'tcp', 'udp'),
  ports: fc.constantFrom<[number, number][]>([0, 65535], [22, 22], [0, 1023]),
});

const TO = {
  'internet-gateway': 'internet-gateway',
  'egress-only': 'elsewhere',
  nat: 'elsewhere',
  'black-hole': 'nowhere',
  peering: 'other-vpc',
} as const satisfies Record<Way, RouteSeen['to']>;
const toRoutes = (table: Table) => table.map(({ to, by }) => ({ cidr: to, to: TO[by], target: by }));
const familyOf = (block: string) => (block.includes(':') ? ('ipv6' as const) : ('ipv4' as const));

/** The drawing as EC2 describes it. */
function toSurroundings({ vpcs, blockPublicAccess, exclusions, machines, balancers }: Drawing): Surroundings {
  const vpcOf = (subnet: string) => vpcs.find(({ subnets }) => subnets.some(({ name }) => name === subnet))?.name ?? '';
  const eni = (
    id: string,
    subnetId: string,
    address: string,
    { publicIpv4 = false, globalIpv6 = false },
    of: { description: string; instanceId?: string },
  ) => ({
    ...{ id, subnetId, vpcId: vpcOf(subnetId), owner: TARGET.account, type: 'interface', ...of },
    publicIpv4: publicIpv4 ? ['18.0.0.7'] : [],
    ipv6: globalIpv6 ? ['2a05::1'] : [],
    privateIps: [address],
  });
  return {
    interfaces: success({
      seen: machines.map((each, at) =>
        eni(`eni-${String(at)}`, each.subnet, each.privateAddress, each, {
          description: '',
          instanceId: `i-${String(at)}`,
        }),
      ),
      more: false,
    }),
    subnetIds: [],
    instances: success([]),
    agents: success([]),
    associations: success([{ vpcId: 'vpc-2', owner: TARGET.account }]),
    routeTables: success(
      vpcs.flatMap(({ name, mainTable, subnets }) => [
        {
          id: `rtb-${name}`,
          vpcId: name,
          owner: TARGET.account,
          isMain: true,
          subnetIds: [],
          routes: toRoutes(mainTable),
        },
        ...subnets.flatMap(({ name: subnet, table }) =>
          table === undefined
            ? []
            : [
                {
                  id: `rtb-${subnet}`,
                  vpcId: name,
                  owner: TARGET.account,
                  isMain: false,
                  subnetIds: [subnet],
                  routes: toRoutes(table),
                },
              ],
        ),
      ]),
    ),
    networkAcls: success(
      vpcs.flatMap(({ subnets }) =>
        subnets.map(({ name, gate }) => ({ id: `acl-${name}`, subnetIds: [name], entries: gate.map(toEntry) })),
      ),
    ),
    publicAccess: success({
      mode: ({ off: 'off', 'both-ways': 'block-bidirectional', inward: 'block-ingress' } as const)[blockPublicAccess],
      isChanging: false,
      letIn: exclusions.filter(({ inward }) => inward).map(({ of }) => of),
    }),
    fronts: success({
      seen: balancers.map(({ subnet, privateAddress, facesInternet }, at) =>
        eni(
          `eni-lb-${String(at)}`,
          subnet,
          privateAddress,
          { publicIpv4: facesInternet },
          { description: `ELB ${nameOf(at)}` },
        ),
      ),
      more: false,
    }),
    balancers: success(balancers.map((balancer, at) => toBalancer(balancer, at, { machines, balancers, vpcOf }))),
    trail: failure('not read here'),
    account: failure('not read here'),
  };
}

const nameOf = (at: number) => `net/front-${String(at)}/50dc6c495c0c9188`;

/** Machines of even places are known by their instance, all else by the address. */
function toBalancer(
  { subnet, facesInternet, listensOn, keepsSender, guard, sendsTo }: Balancer,
  at: number,
  { machines, balancers, vpcOf }: Pick<Drawing, 'machines' | 'balancers'> & { vpcOf(subnet: string): string },
): BalancerSeen {
  const vpcId = vpcOf(subnet);
  const GroupId = `sg-${String(at)}`;
  return {
    name: nameOf(at),
    scheme: facesInternet ? 'internet-facing' : 'internal',
    groupIds: guard === undefined ? [] : [GroupId],
    rules: (guard ?? []).map(({ direction, ports: [FromPort, ToPort], block }) => ({
      ...{ GroupId, IsEgress: direction === 'out', IpProtocol: 'tcp', FromPort, ToPort, CidrIpv4: block },
    })),
    sendings: sendsTo.flatMap(({ what, nth, port }) => {
      const to = (what === 'machine' ? machines : balancers)[nth];
      if (to === undefined || vpcOf(to.subnet) !== vpcId) return [];
      const byInstance = what === 'machine' && nth % 2 === 0;
      return [
        {
          to: byInstance
            ? { kind: 'instance' as const, id: `i-${String(nth)}` }
            : { kind: 'ip' as const, address: to.privateAddress, vpcId },
          ...{ port, protocols: ['tcp' as const], family: 'ipv4' as const, keepsClient: keepsSender },
          listeners: [{ port: listensOn, protocols: ['tcp' as const], isSure: true }],
        },
      ];
    }),
  };
}

function toEntry({ number, direction, pass, protocol, ports: [From, To], block }: Line) {
  return {
    RuleNumber: number,
    Egress: direction === 'out',
    RuleAction: pass ? ('allow' as const) : ('deny' as const),
    Protocol: { all: '-1', tcp: '6', udp: '17' }[protocol],
    ...(protocol === 'all' ? {} : { PortRange: { From, To } }),
    ...(familyOf(block) === 'ipv4' ? { CidrBlock: block } : { Ipv6CidrBlock: block }),
  };
}

const answerTo = (drawing: Drawing, { from, protocol, ports: [first, last] }: Hole) => {
  const blocked: BlockedTraffic = { family: familyOf(from), cidr: from, protocol, ports: [{ from: first, to: last }] };
  const fact = toReachable(TARGET, [blocked], toSurroundings(drawing));
  return fact.known ? fact.value.answer : 'unknown';
};

test.each([
  ['as they are drawn', anyDrawing, anyHole],
  ['with load balancers before machines', anyBalancedDrawing, anyHoleForBalancers],
] as const)('whether the internet reaches a target is what packets find that walk through VPCs %s', (_, drawn, dug) => {
  const seen = { yes: 0, no: 0, unknown: 0, through: 0 };
  assertProperty(
    fc.property(drawn, fc.array(dug, { minLength: 3, maxLength: 3 }), (drawing, holes) => {
      for (const hole of holes) {
        const isDirect = isReachedDirectly(drawing, hole);
        const isThrough = !isDirect && isReachedThroughBalancer(drawing, hole);
        const answer = answerTo(drawing, hole);
        expect(answer).toBe(isDirect || isThrough ? 'yes' : leadsElsewhere(drawing, hole) ? 'unknown' : 'no');
        seen[isThrough ? 'through' : answer] += 1;
      }
    }),
  );
  // Of each there are enough to tell them apart.
  const expected = drawn === anyDrawing ? [seen.yes, seen.no, seen.unknown] : [seen.through, seen.no];
  expect(Math.min(...expected)).toBeGreaterThan(10);
});
