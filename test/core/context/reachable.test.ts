import type { BlockedTraffic } from '../../../src/core/context/blocked-traffic';
import type { InterfaceSeen } from '../../../src/core/context/interface-seen';
import type { RouteSeen, Surroundings } from '../../../src/core/context/surroundings';
import { toReachable } from '../../../src/core/context/to-reachable';
import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import { failure, success } from '../../../src/core/result';
import type { Target } from '../../../src/core/target';

const TARGET: Target = {
  kind: 'security-group',
  partition: 'aws',
  account: '222222222222',
  region: 'eu-central-1',
  id: 'sg-1',
};
const SSH: BlockedTraffic = { family: 'ipv4', cidr: '0.0.0.0/0', protocol: 'tcp', ports: [{ from: 22, to: 22 }] };
const SSH6: BlockedTraffic = { ...SSH, family: 'ipv6', cidr: '::/0' };

const eni = (over: Partial<InterfaceSeen> = {}): InterfaceSeen => ({
  id: 'eni-1',
  vpcId: 'vpc-1',
  subnetId: 'subnet-1',
  owner: '222222222222',
  type: 'interface',
  description: '',
  publicIpv4: ['18.0.0.7'],
  ipv6: [],
  privateIps: ['10.0.0.7'],
  ...over,
});
const entry = (RuleNumber: number, over: Partial<NetworkAclEntry> = {}): NetworkAclEntry => ({
  RuleNumber,
  Protocol: '-1',
  RuleAction: 'allow',
  Egress: false,
  CidrBlock: '0.0.0.0/0',
  ...over,
});
const open = [entry(100), entry(100, { Egress: true })];
const igw: RouteSeen = { cidr: '0.0.0.0/0', to: 'internet-gateway', target: 'igw-1' };

interface Given {
  readonly interfaces?: readonly InterfaceSeen[];
  readonly routes?: readonly RouteSeen[];
  readonly entries?: readonly NetworkAclEntry[];
  readonly around?: Partial<Surroundings>;
  readonly blocked?: BlockedTraffic;
}

function around({ interfaces = [eni()], routes = [igw], entries = open, around: over = {} }: Given): Surroundings {
  return {
    interfaces: success({ seen: interfaces, more: false }),
    subnetIds: [],
    instances: success([]),
    agents: success([]),
    associations: success([]),
    routeTables: success([{ id: 'rtb-1', vpcId: 'vpc-1', owner: TARGET.account, isMain: true, subnetIds: [], routes }]),
    networkAcls: success([{ id: 'acl-1', subnetIds: ['subnet-1'], entries }]),
    publicAccess: success({ mode: 'off', isChanging: false, letIn: [] }),
    fronts: success({ seen: [], more: false }),
    balancers: success([]),
    trail: failure('not read here'),
    account: failure('not read here'),
    ...over,
  };
}

const answerTo = (given: Given) => {
  const fact = toReachable(TARGET, [given.blocked ?? SSH], around(given));
  return fact.known ? fact.value.answer : 'unknown';
};

const explicit = (routes: readonly RouteSeen[]) =>
  success([
    { id: 'rtb-1', vpcId: 'vpc-1', owner: TARGET.account, isMain: true, subnetIds: [], routes: [igw] },
    { id: 'rtb-2', vpcId: 'vpc-1', owner: TARGET.account, isMain: false, subnetIds: ['subnet-1'], routes },
  ]);
const blocked = (letIn: readonly string[], isChanging = false) => ({
  publicAccess: success({ mode: 'block-ingress', isChanging, letIn } as const),
});
const front = (over: Partial<InterfaceSeen>) => success({ seen: [eni({ id: 'eni-lb', ...over })], more: false });
const isPrivate = [eni({ publicIpv4: [] })];

const cases: readonly [string, 'yes' | 'no' | 'unknown', Given][] = [
  ['a public address, a gateway, open network ACLs', 'yes', {}],
  ['nothing attached', 'no', { interfaces: [] }],
  ['no public address', 'no', { interfaces: isPrivate }],
  ['IPv6 alone, where IPv4 is open', 'no', { interfaces: [eni({ publicIpv4: [], ipv6: ['2a05::1'] })] }],
  [
    'IPv6, where IPv6 is open',
    'yes',
    {
      interfaces: [eni({ publicIpv4: [], ipv6: ['2a05::1'] })],
      routes: [{ cidr: '::/0', to: 'internet-gateway', target: 'igw-1' }],
      entries: [
        { RuleNumber: 1, Protocol: '-1', RuleAction: 'allow', Egress: false, Ipv6CidrBlock: '::/0' },
        { RuleNumber: 1, Protocol: '-1', RuleAction: 'allow', Egress: true, Ipv6CidrBlock: '::/0' },
      ],
      blocked: SSH6,
    },
  ],
  [
    'IPv6 behind an egress-only gateway',
    'no',
    {
      interfaces: [eni({ ipv6: ['2a05::1'] })],
      routes: [{ cidr: '::/0', to: 'elsewhere', target: 'eigw-1' }],
      blocked: SSH6,
    },
  ],
  ['an IPv6 address that is private', 'no', { interfaces: [eni({ ipv6: ['fd00::1'] })], blocked: SSH6 }],
  ['no route', 'no', { routes: [] }],
  ['a NAT gateway', 'no', { routes: [{ ...igw, to: 'elsewhere', target: 'nat-1' }] }],
  ['a blackhole', 'no', { routes: [{ ...igw, to: 'nowhere' }] }],
  ['a firewall on the way', 'unknown', { routes: [{ ...igw, to: 'appliance', target: 'vpce-1' }] }],
  [
    'a table of its own without a gateway, though the main one has one',
    'no',
    { around: { routeTables: explicit([]) } },
  ],
  [
    'a gateway for some of the internet alone',
    'yes',
    { routes: [{ cidr: '8.0.0.0/8', to: 'internet-gateway', target: 'igw-1' }] },
  ],
  [
    'a gateway for other addresses than those that are let in',
    'no',
    { routes: [{ ...igw, cidr: '8.0.0.0/8' }], blocked: { ...SSH, cidr: '128.0.0.0/1' } },
  ],
  [
    'more specific blackholes over the whole gateway route',
    'no',
    { routes: [igw, { ...igw, cidr: '0.0.0.0/1', to: 'nowhere' }, { ...igw, cidr: '128.0.0.0/1', to: 'nowhere' }] },
  ],
  ['Block Public Access', 'no', { around: blocked([]) }],
  ['Block Public Access that excludes the VPC', 'yes', { around: blocked(['vpc-1']) }],
  ['Block Public Access that excludes the subnet', 'yes', { around: blocked(['subnet-1']) }],
  ['Block Public Access that excludes another subnet', 'no', { around: blocked(['subnet-2']) }],
  ['Block Public Access while it is changed', 'unknown', { around: blocked([], true) }],
  [
    'a network ACL that denies the port',
    'no',
    { entries: [entry(1, { Protocol: '6', PortRange: { From: 22, To: 22 }, RuleAction: 'deny' }), ...open] },
  ],
  ['a network ACL that denies it after allowing it', 'yes', { entries: [...open, entry(200, { RuleAction: 'deny' })] }],
  ['a network ACL that lets no answer out', 'no', { entries: [entry(100)] }],
  [
    'a network ACL that lets answers out to one port',
    'yes',
    { entries: [entry(100), entry(1, { Egress: true, Protocol: '6', PortRange: { From: 5000, To: 5000 } })] },
  ],
  [
    'a network ACL that lets answers out to low ports only',
    'no',
    { entries: [entry(100), entry(1, { Egress: true, Protocol: '6', PortRange: { From: 0, To: 1023 } })] },
  ],
  ['a network ACL that is not shown', 'unknown', { around: { networkAcls: success([]) } }],
  [
    'a public load balancer in the VPC of a private address',
    'unknown',
    { interfaces: isPrivate, around: { fronts: front({ description: 'ELB net/a/1' }) } },
  ],
  [
    'an internal load balancer there',
    'no',
    { interfaces: isPrivate, around: { fronts: front({ description: 'ELB net/a/1', publicIpv4: [] }) } },
  ],
  [
    'an accelerator there, which has no public address in the VPC',
    'unknown',
    { interfaces: isPrivate, around: { fronts: front({ description: 'AWS Global Accelerator', publicIpv4: [] }) } },
  ],
  ['a second interface that is reached', 'yes', { interfaces: [eni({ publicIpv4: [] }), eni({ id: 'eni-2' })] }],
  ['more interfaces than were read', 'unknown', { around: { interfaces: success({ seen: isPrivate, more: true }) } }],
  ['interfaces that could not be read', 'unknown', { around: { interfaces: failure('denied') } }],
  ['routes that could not be read', 'unknown', { around: { routeTables: failure('denied') } }],
  ['network ACLs that could not be read', 'unknown', { around: { networkAcls: failure('denied') } }],
  ['Block Public Access that could not be read', 'unknown', { around: { publicAccess: failure('denied') } }],
  [
    'load balancers that could not be read',
    'unknown',
    { interfaces: isPrivate, around: { fronts: failure('denied') } },
  ],
];

describe('whether the internet reaches a target', () => {
  test.each(cases)('%s: %s', (_, expected, given) => {
    expect(answerTo(given)).toBe(expected);
  });

  const reads = ['interfaces', 'routeTables', 'networkAcls', 'publicAccess', 'fronts'] as const;
  test.each(reads)('never turns into a no because %s could not be read', (read) => {
    for (const [, expected, given] of cases) {
      const answer = answerTo({ ...given, around: { ...given.around, [read]: failure('denied') } });
      if (expected !== 'no') expect(answer).not.toBe('no');
    }
  });
});
