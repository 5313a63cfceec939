import type { BalancerSeen, Listener, Sending } from '../../../src/core/context/balancer';
import type { BlockedTraffic } from '../../../src/core/context/blocked-traffic';
import type { InterfaceSeen } from '../../../src/core/context/interface-seen';
import type { RouteSeen, Surroundings } from '../../../src/core/context/surroundings';
import { balancersToRead, toReachable } from '../../../src/core/context/to-reachable';
import { unreadSurroundings } from '../../../src/core/context/unread-surroundings';
import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { failure, success } from '../../../src/core/result';
import { TARGET } from '../../flow/fixtures';

const SSH: BlockedTraffic = { family: 'ipv4', cidr: '0.0.0.0/0', protocol: 'tcp', ports: [{ from: 22, to: 22 }] };

const eni = (id: string, subnetId: string, over: Partial<InterfaceSeen> = {}): InterfaceSeen => ({
  ...{ id, subnetId, vpcId: 'vpc-1', owner: TARGET.account, type: 'interface', description: '' },
  ...{ publicIpv4: [], ipv6: [], privateIps: ['10.0.1.7'] },
  ...over,
});
const machine = eni('eni-web', 'private', { instanceId: 'i-web' });
const node = (name: string, over: Partial<InterfaceSeen> = {}) =>
  eni('eni-lb', 'public', {
    ...{ description: `ELB ${name}`, publicIpv4: ['18.0.0.9'], privateIps: ['10.0.0.9'] },
    ...over,
  });
const listener = (port: number, isSure = true): Listener => ({ port, protocols: ['tcp'], isSure });
const sending = (over: Partial<Sending> = {}): Sending => ({
  ...{ to: { kind: 'instance', id: 'i-web' }, port: 22, protocols: ['tcp'], family: 'ipv4' },
  ...{ keepsClient: false, listeners: [listener(2222)] },
  ...over,
});
const balancer = (name: string, over: Partial<BalancerSeen> = {}): BalancerSeen => ({
  ...{ name, scheme: 'internet-facing', groupIds: [], rules: [], sendings: [sending()] },
  ...over,
});
const NLB = 'net/front/50dc6c495c0c9188';
const ALB = 'app/front/50dc6c495c0c9188';
const rule = (over: Partial<SecurityGroupRule>): SecurityGroupRule => ({
  ...{ GroupId: 'sg-lb', IsEgress: false, IpProtocol: 'tcp', FromPort: 2222, ToPort: 2222 },
  ...over,
});
const out = rule({ IsEgress: true, IpProtocol: '-1', CidrIpv4: '0.0.0.0/0' });
const guarded = (...rules: readonly SecurityGroupRule[]) =>
  balancer(ALB, { groupIds: ['sg-lb'], rules: [...rules, out] });

const entry = (RuleNumber: number, over: Partial<NetworkAclEntry> = {}): NetworkAclEntry => ({
  ...{ RuleNumber, Protocol: '-1', RuleAction: 'allow', Egress: false, CidrBlock: '0.0.0.0/0' },
  ...over,
});
const open = [entry(100), entry(100, { Egress: true })];
const igw: RouteSeen = { cidr: '0.0.0.0/0', to: 'internet-gateway', target: 'igw-1' };

interface Given {
  readonly machine?: InterfaceSeen;
  readonly blocked?: BlockedTraffic;
  readonly nodes?: readonly InterfaceSeen[];
  readonly balancers?: readonly BalancerSeen[];
  readonly routes?: readonly RouteSeen[];
  readonly ofMachine?: readonly RouteSeen[];
  readonly acl?: readonly NetworkAclEntry[];
  readonly aclOfNode?: readonly NetworkAclEntry[];
  readonly owner?: string;
  readonly around?: Partial<Surroundings>;
}

function around(given: Given): Surroundings {
  const { nodes = [node(NLB)], balancers = [balancer(NLB)], routes = [igw], ofMachine = [] } = given;
  const table = { vpcId: 'vpc-1', owner: given.owner ?? TARGET.account, isMain: false };
  return {
    ...unreadSurroundings('not read here'),
    interfaces: success({ seen: [given.machine ?? machine], more: false }),
    associations: success([]),
    routeTables: success([
      { ...table, id: 'rtb-public', subnetIds: ['public', 'public-b'], routes },
      { ...table, id: 'rtb-private', subnetIds: ['private'], routes: ofMachine },
    ]),
    networkAcls: success([
      { id: 'acl-private', subnetIds: ['private'], entries: given.acl ?? open },
      { id: 'acl-public', subnetIds: ['public', 'public-b'], entries: given.aclOfNode ?? open },
    ]),
    publicAccess: success({ mode: 'off', isChanging: false, letIn: [] }),
    fronts: success({ seen: nodes, more: false }),
    balancers: success(balancers),
    ...given.around,
  };
}

const factOf = (given: Given) => toReachable(TARGET, [given.blocked ?? SSH], around(given));
const answerTo = (given: Given) => {
  const fact = factOf(given);
  return fact.known ? `${fact.value.answer}: ${fact.evidence[0] ?? ''}` : `unknown: ${fact.reason}`;
};

const keeping = { balancers: [balancer(NLB, { sendings: [sending({ keepsClient: true })] })] };
const denyInternet = [
  entry(1, { RuleAction: 'deny', CidrBlock: '0.0.0.0/1' }),
  entry(2, { RuleAction: 'deny', CidrBlock: '128.0.0.0/1' }),
];
const onlyVpc = [entry(1, { CidrBlock: '10.0.0.0/16' }), entry(1, { Egress: true, CidrBlock: '10.0.0.0/16' })];
const ipv6Machine = eni('eni-web', 'private', {
  instanceId: 'i-web',
  ipv6: ['fd00::7'],
  privateIps: ['10.0.1.7', 'fd00::7'],
});
const chained = [
  balancer(NLB, {
    sendings: [sending({ to: { kind: 'load-balancer', name: 'app/inner/1' }, port: 443, listeners: [listener(443)] })],
  }),
  balancer('app/inner/1', {
    ...{ scheme: 'internal', groupIds: ['sg-lb'] },
    rules: [rule({ FromPort: 443, ToPort: 443, CidrIpv4: '10.0.0.0/8' }), out],
    sendings: [sending({ listeners: [listener(443)] })],
  }),
];
const inner = eni('eni-inner', 'public-b', { description: 'ELB app/inner/1', privateIps: ['10.0.2.9'] });

const cases: readonly [string, RegExp, Given][] = [
  ['a network one that sends to the instance', /^yes: net\/front \(tcp 2222 → 22\) to i-web$/, {}],
  ['one that keeps the client', /^yes: net\/front \(tcp 2222 → 22\) to i-web$/, keeping],
  [
    'one that sends to another instance',
    /^no: eni-web has no public address$/,
    { balancers: [balancer(NLB, { sendings: [sending({ to: { kind: 'instance', id: 'i-other' } })] })] },
  ],
  ['one without targets', /^no: /, { balancers: [balancer(NLB, { sendings: [] })] }],
  [
    'one that sends to a port that stays',
    /^no: .*/,
    { balancers: [balancer(NLB, { sendings: [sending({ port: 8080 })] })] },
  ],
  [
    'one that sends udp where tcp goes',
    /^no: /,
    { balancers: [balancer(NLB, { sendings: [sending({ protocols: ['udp'] })] })] },
  ],
  [
    'one whose listener is of another protocol',
    /^no: /,
    {
      balancers: [
        balancer(NLB, { sendings: [sending({ listeners: [{ port: 22, protocols: ['udp'], isSure: true }] })] }),
      ],
    },
  ],
  [
    'one that sends to its address',
    /^yes: /,
    {
      balancers: [balancer(NLB, { sendings: [sending({ to: { kind: 'ip', address: '10.0.1.7', vpcId: 'vpc-1' } })] })],
    },
  ],
  [
    'one that sends to the same address of another VPC',
    /^no: /,
    {
      balancers: [balancer(NLB, { sendings: [sending({ to: { kind: 'ip', address: '10.0.1.7', vpcId: 'vpc-2' } })] })],
    },
  ],
  [
    'one that sends to its IPv6 address, spelt another way, where IPv6 is open',
    /^yes: /,
    {
      machine: ipv6Machine,
      blocked: { ...SSH, family: 'ipv6', cidr: '::/0' },
      nodes: [node(NLB, { privateIps: ['10.0.0.9', 'fd00::9'] })],
      acl: [
        entry(1, { CidrBlock: undefined, Ipv6CidrBlock: '::/0' } as never),
        entry(1, { Egress: true, CidrBlock: undefined, Ipv6CidrBlock: '::/0' } as never),
      ],
      aclOfNode: [
        ...open,
        entry(1, { CidrBlock: undefined, Ipv6CidrBlock: '::/0' } as never),
        entry(1, { Egress: true, CidrBlock: undefined, Ipv6CidrBlock: '::/0' } as never),
      ],
      balancers: [
        balancer(NLB, {
          sendings: [sending({ family: 'ipv6', to: { kind: 'ip', address: 'FD00:0::0007', vpcId: 'vpc-1' } })],
        }),
      ],
    },
  ],
  [
    'one that sends to IPv6 where IPv4 is open',
    /^no: /,
    { balancers: [balancer(NLB, { sendings: [sending({ family: 'ipv6' })] })] },
  ],
  ['one without a route to the internet', /^no: .*|net\/front: public has no route/, { routes: [] }],
  [
    'one in a VPC that Block Public Access keeps the internet from',
    /^no: /,
    { around: { publicAccess: success({ mode: 'block-ingress', isChanging: false, letIn: ['private'] }) } },
  ],
  [
    'one in a subnet that Block Public Access leaves alone, though not the target’s',
    /^yes: /,
    { around: { publicAccess: success({ mode: 'block-ingress', isChanging: false, letIn: ['public'] }) } },
  ],
  [
    'one whose network ACL lets the listener’s port in from nobody',
    /^no: /,
    { aclOfNode: [entry(1, { Protocol: '6', PortRange: { From: 2222, To: 2222 }, RuleAction: 'deny' }), ...open] },
  ],
  [
    'one whose subnet lets nothing out to the target',
    /^no: /,
    { aclOfNode: [entry(1, { Egress: true, RuleAction: 'deny', CidrBlock: '10.0.1.0/24' }), ...open] },
  ],
  [
    'one whose target’s network ACL denies the load balancer',
    /^no: /,
    { acl: [entry(1, { RuleAction: 'deny', CidrBlock: '10.0.0.0/24' }), ...open] },
  ],
  ['one with its own address, where the target’s network ACL denies the internet', /^yes: /, { acl: onlyVpc }],
  [
    'one that keeps the client, where the target’s network ACL denies the internet',
    /^no: /,
    { ...keeping, acl: onlyVpc },
  ],
  [
    'one that keeps the client, where the target’s network ACL denies half of it',
    /^yes: /,
    { ...keeping, acl: [denyInternet[0] ?? entry(1), ...open] },
  ],
  [
    'one in the target’s own subnet, whose network ACL does not count between them',
    /^yes: /,
    {
      nodes: [node(NLB, { subnetId: 'private' })],
      ofMachine: [igw],
      acl: [
        entry(1, { Protocol: '6', PortRange: { From: 2222, To: 2222 } }),
        entry(2, { Egress: true, Protocol: '6', PortRange: { From: 1024, To: 65535 } }),
      ],
    },
  ],
  [
    'one with its own address, where only half of the internet is let in by what is blocked',
    /^no: /,
    { blocked: { ...SSH, cidr: '128.0.0.0/1' } },
  ],
  [
    'one that keeps the client, where half of the internet is let in by what is blocked',
    /^yes: /,
    { ...keeping, blocked: { ...SSH, cidr: '128.0.0.0/1' } },
  ],
  [
    'one whose group lets the internet in',
    /^yes: app\/front /,
    { nodes: [node(ALB)], balancers: [guarded(rule({ CidrIpv4: '0.0.0.0/0' }))] },
  ],
  [
    'one whose group lets in a few addresses of the internet',
    /^yes: /,
    { nodes: [node(ALB)], balancers: [guarded(rule({ CidrIpv4: '8.8.8.0/24' }))] },
  ],
  [
    'one whose group lets in private addresses alone',
    /^no: /,
    { nodes: [node(ALB)], balancers: [guarded(rule({ CidrIpv4: '10.0.0.0/8' }))] },
  ],
  [
    'one whose group lets in another port alone',
    /^no: /,
    { nodes: [node(ALB)], balancers: [guarded(rule({ CidrIpv4: '0.0.0.0/0', FromPort: 443, ToPort: 443 }))] },
  ],
  [
    'one whose group lets in a prefix list',
    /^unknown: app\/front lets in pl-1, whose entries are not read$/,
    { nodes: [node(ALB)], balancers: [guarded(rule({ PrefixListId: 'pl-1' }))] },
  ],
  [
    'one whose group lets nothing out to it',
    /^no: /,
    {
      nodes: [node(ALB)],
      balancers: [
        balancer(ALB, {
          groupIds: ['sg-lb'],
          rules: [rule({ CidrIpv4: '0.0.0.0/0' }), rule({ IsEgress: true, IpProtocol: '-1', CidrIpv4: '10.9.0.0/16' })],
        }),
      ],
    },
  ],
  [
    'one that keeps the client, whose group and the blocked traffic have no address in common',
    /^no: /,
    {
      ...keeping,
      nodes: [node(NLB)],
      blocked: { ...SSH, cidr: '128.0.0.0/1' },
      balancers: [
        balancer(NLB, {
          groupIds: ['sg-lb'],
          rules: [rule({ CidrIpv4: '8.0.0.0/8' }), out],
          sendings: [sending({ keepsClient: true })],
        }),
      ],
    },
  ],
  [
    'a rule of the one listener',
    /^yes: app\/front \(tcp 443 → 22\)/,
    { nodes: [node(ALB)], balancers: [balancer(ALB, { sendings: [sending({ listeners: [listener(443, false)] })] })] },
  ],
  [
    'a rule of one of two listeners, of which one lets the internet in',
    /^unknown: a rule of app\/front's listener on 2222 may send to it$/,
    {
      nodes: [node(ALB)],
      balancers: [
        {
          ...guarded(rule({ CidrIpv4: '0.0.0.0/0' })),
          sendings: [sending({ listeners: [listener(2222, false), listener(443, false)] })],
        },
      ],
    },
  ],
  [
    'a default action of a listener that is shut, beside one that is open',
    /^unknown: a rule of/,
    {
      nodes: [node(ALB)],
      balancers: [
        {
          ...guarded(rule({ CidrIpv4: '0.0.0.0/0' })),
          sendings: [sending({ listeners: [listener(2222, false), listener(443)] })],
        },
      ],
    },
  ],
  [
    'an internal one behind one that faces the internet',
    /^yes: net\/front \(tcp 443 → 443\), then app\/inner \(tcp 443 → 22\) to i-web$/,
    { nodes: [node(NLB), inner], balancers: chained },
  ],
  [
    'an internal one that shuts out the one before it',
    /^no: /,
    {
      nodes: [node(NLB), inner],
      balancers: chained.map((each) => ({ ...each, rules: each.rules.filter(({ IsEgress }) => IsEgress) })),
    },
  ],
  [
    'two that send to each other alone',
    /^no: /,
    { nodes: [node(NLB, { publicIpv4: [], ipv6: ['2a05::9'] }), inner], routes: [], balancers: chained },
  ],
  [
    'an internal one with an IPv6 address of the internet',
    /^unknown: net\/front: it is internal, and has IPv6 addresses of the internet$/,
    {
      nodes: [node(NLB, { publicIpv4: [], ipv6: ['2a05::9'] })],
      routes: [{ ...igw, cidr: '::/0' }],
      aclOfNode: [
        ...open,
        entry(1, { CidrBlock: undefined, Ipv6CidrBlock: '::/0' } as never),
        entry(1, { Egress: true, CidrBlock: undefined, Ipv6CidrBlock: '::/0' } as never),
      ],
      balancers: [balancer(NLB, { scheme: 'internal' })],
    },
  ],
  [
    'an internal one',
    /^no: /,
    { nodes: [node(NLB, { publicIpv4: [] })], balancers: [balancer(NLB, { scheme: 'internal' })] },
  ],
  [
    'a gateway one that it is a target of, where its port goes',
    /^unknown: gwy\/inspect sends it what its endpoints were given$/,
    {
      nodes: [node('gwy/inspect/1', { publicIpv4: [] })],
      blocked: { ...SSH, protocol: 'udp', ports: [{ from: 0, to: 65535 }] },
      balancers: [
        balancer('gwy/inspect/1', {
          sendings: [sending({ port: 6081, protocols: ['udp'], listeners: [], byEndpoints: true })],
        }),
      ],
    },
  ],
  [
    'a gateway one that it is a target of, where other ports go',
    /^no: /,
    {
      nodes: [node('gwy/inspect/1', { publicIpv4: [] })],
      balancers: [
        balancer('gwy/inspect/1', {
          sendings: [sending({ port: 6081, protocols: ['udp'], listeners: [], byEndpoints: true })],
        }),
      ],
    },
  ],
  [
    'one of another account',
    /^unknown: ELB net\/front\/\w+ in the same VPC may send it traffic of the internet$/,
    { nodes: [node(NLB, { owner: '999999999999' })] },
  ],
  [
    'one that is not among those that were read',
    /^unknown: ELB app\/other\/1 in the same VPC may send/,
    { nodes: [node('app/other/1')] },
  ],
  ['one that could not be read', /^unknown: denied$/, { around: { balancers: failure('denied') } }],
  [
    'an accelerator beside one that does not send to it',
    /^unknown: AWS Global Accelerator/,
    {
      nodes: [node(NLB), node(NLB, { id: 'eni-ga', description: 'AWS Global Accelerator managed', publicIpv4: [] })],
      balancers: [balancer(NLB, { sendings: [] })],
    },
  ],
  [
    'a VPC of another account, where those of others do not show',
    /^unknown: load balancers of others in vpc-1 do not show, a VPC of account 999999999999$/,
    { nodes: [], balancers: [], owner: '999999999999' },
  ],
  [
    'a route to other VPCs, where one may stand',
    /^unknown: private routes to tgw-1, from where a load balancer may send to it$/,
    { nodes: [], balancers: [], ofMachine: [{ cidr: '10.0.0.0/8', to: 'other-vpc', target: 'tgw-1' }] },
  ],
  [
    'a route to other VPCs by IPv6, where IPv4 is open',
    /^no: /,
    { nodes: [], balancers: [], ofMachine: [{ cidr: 'fd00::/8', to: 'other-vpc', target: 'pcx-1' }] },
  ],
];

describe('whether the internet reaches a private address through', () => {
  test.each(cases)('%s: %s', (_, expected, given) => {
    expect(answerTo(given)).toMatch(expected);
  });

  const reads = ['interfaces', 'routeTables', 'networkAcls', 'publicAccess', 'fronts', 'balancers'] as const;
  test.each(reads)('is never a no because %s could not be read', (read) => {
    for (const [, expected, given] of cases) {
      const answer = answerTo({ ...given, around: { ...given.around, [read]: failure('denied') } });
      if (!expected.source.startsWith('^no'))
        expect([given, answer]).toEqual([given, expect.not.stringMatching(/^no/)]);
    }
  });
});

describe('load balancers are read', () => {
  const asked = (given: Given) => balancersToRead(TARGET, [given.blocked ?? SSH], around(given))?.map(({ id }) => id);

  test.each<[string, Given, readonly string[] | undefined]>([
    ['where one faces the internet', {}, ['eni-lb']],
    ['with those that stand behind one', { nodes: [node(NLB), inner] }, ['eni-lb', 'eni-inner']],
    ['not where none stands in the VPC', { nodes: [] }, undefined],
    ['not where all are internal', { nodes: [inner] }, undefined],
    [
      'not where the internet reaches it anyhow',
      { machine: { ...machine, publicIpv4: ['18.0.0.7'] }, ofMachine: [igw] },
      undefined,
    ],
    ['not where something else is not known', { around: { associations: failure('denied') } }, undefined],
    ['not where nothing is attached', { around: { interfaces: success({ seen: [], more: false }) } }, undefined],
    [
      'also where the target’s own public address is shut off',
      { machine: { ...machine, publicIpv4: ['18.0.0.7'] } },
      ['eni-lb'],
    ],
  ])('%s', (_, given, expected) => {
    expect(asked(given)).toEqual(expected);
  });
});
