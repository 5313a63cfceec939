import fc from 'fast-check';
import type { Surroundings } from '../../../src/core/context/surroundings';
import { toContext } from '../../../src/core/context/to-context';
import { trafficText } from '../../../src/core/context/trail-call';
import { planClosing } from '../../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { decideByPolicy } from '../../../src/core/policy/decide-by-policy';
import type { SecurityGroup } from '../../../src/core/network/security-group-rule';
import { failure, success } from '../../../src/core/result';
import { ingress, TARGET } from '../../flow/fixtures';
import { assertProperty } from '../../oracle/assert-property';
import type { PolicyConditions, PolicyEntry, PolicyMode } from '../../../src/core/policy/policy-entry';
import { anyEntry, NARROW } from './arbitrary-policy';

const VPC = 'vpc-1';
const RESOURCE: SecurityGroup = {
  kind: 'security-group',
  id: TARGET.id,
  name: 'web',
  vpcId: VPC,
  tags: [],
  rules: [ingress('sgr-ssh')],
  prefixLists: {},
};
const PLAN = planClosing({
  resource: RESOURCE,
  controls: [{ id: 'EC2.13', parameters: [] }],
  policy: DEFAULT_PLAN_POLICY,
  account: TARGET.account,
});

const interfaceSeen = fc.record({
  id: fc.constantFrom('eni-1', 'eni-2'),
  vpcId: fc.constant(VPC),
  subnetId: fc.constant('subnet-1'),
  owner: fc.constant(TARGET.account),
  type: fc.constantFrom('interface', 'lambda'),
  description: fc.constant(''),
  instanceId: fc.constantFrom('i-1', 'i-2'),
  publicIpv4: fc.subarray(['18.0.0.7']),
  ipv6: fc.constant([]),
  privateIps: fc.constant(['10.0.0.7']),
});
const interfaces = fc.record({ seen: fc.array(interfaceSeen, { maxLength: 2 }), more: fc.boolean() }).map(success);
const tags = fc.subarray([
  { Key: 'environment', Value: 'production' },
  { Key: 'owner', Value: 'web' },
]);
const instanceSeen = (id: string) =>
  fc.record({ id: fc.constant(id), state: fc.constantFrom('running', 'stopped', 'pending'), tags });
const allowAll = (Egress: boolean) =>
  ({ RuleNumber: 100, Protocol: '-1', RuleAction: 'allow', Egress, CidrBlock: '0.0.0.0/0' }) as const;

const actor = { arn: 'arn:aws:sts::222222222222:assumed-role/Deploy/ada', sourceIp: '192.0.2.1' };

/** All was read. */
const anySurroundings: fc.Arbitrary<Surroundings> = fc.record({
  interfaces,
  subnetIds: fc.constant([]),
  instances: fc.tuple(instanceSeen('i-1'), instanceSeen('i-2')).map((both) => success(both)),
  agents: fc.subarray(['i-1', 'i-2']).map(success),
  associations: fc
    .constantFrom([], [{ vpcId: 'vpc-2', owner: TARGET.account }], [{ vpcId: 'vpc-9', owner: '999999999999' }])
    .map(success),
  routeTables: fc.constantFrom('internet-gateway' as const, 'nowhere' as const).map((to) =>
    success([
      {
        ...{ id: 'rtb-1', vpcId: VPC, owner: TARGET.account, isMain: true, subnetIds: [] },
        routes: [{ cidr: '0.0.0.0/0', to, target: 'igw-1' }],
      },
    ]),
  ),
  networkAcls: fc.constant(
    success([{ id: 'acl-1', subnetIds: ['subnet-1'], entries: [allowAll(false), allowAll(true)] }]),
  ),
  publicAccess: fc
    .constantFrom('off' as const, 'block-ingress' as const)
    .map((mode) => success({ mode, isChanging: false, letIn: [] })),
  fronts: fc.constant(success({ seen: [], more: false })),
  balancers: fc.constant(success([])),
  trail: fc.constantFrom('Terraform/1.9', 'aws-cli/2.1', 'console.amazonaws.com').map((userAgent) =>
    success({
      calls: [
        {
          eventId: 'e-1',
          call: 'AuthorizeSecurityGroupIngress',
          at: '2026-11-20T10:00:00Z',
          actor: { ...actor, userAgent },
          sets: [{ id: 'sgr-ssh', traffic: trafficText({ ipProtocol: 'tcp', fromPort: 22, toPort: 22 }, '0.0.0.0/0') }],
        },
      ],
      more: false,
    }),
  ),
  account: fc
    .subarray(['r-ab12', 'ou-ab12-cdef3456'])
    .map((organizationalUnits) => success({ name: 'shop', organizationalUnits })),
});

const READS = [
  'interfaces',
  'instances',
  'agents',
  'associations',
  'routeTables',
  'networkAcls',
  'publicAccess',
  'fronts',
  'trail',
  'account',
] as const;

type Tags = readonly { readonly Key: string; readonly Value: string }[];
type Entries = readonly PolicyEntry[];

/** What is decided by whichever entries. */
function deciderOn(around: Surroundings, ownTags: Tags): (entries: Entries) => PolicyMode {
  const context = toContext(TARGET, { ...RESOURCE, tags: ownTags }, PLAN, around);
  const { account, region } = TARGET;
  const facts = { control: 'EC2.13', account, region, severity: 'HIGH', tags: ownTags, context };
  return (entries) => decideByPolicy(facts, entries).mode;
}

/** Holds for each narrow condition that asks, with a closing of all the rest behind it. */
function neverTurnsToAuto(lessOf: readonly ((around: Surroundings) => Surroundings)[]): void {
  assertProperty(
    fc.property(fc.array(anyEntry, { maxLength: 2 }), anySurroundings, tags, (some, around, own) => {
      const decide = deciderOn(around, own);
      const less = lessOf.map((take) => deciderOn(take(around), own));
      for (const when of NARROW) {
        const entries: Entries = [...some, { when, do: 'ask' }, { do: 'auto' }];
        if (decide(entries) === 'auto') continue;
        const turned = [...less.entries()].filter(([, decideWithLess]) => decideWithLess(entries) === 'auto');
        expect({ when, turned: turned.map(([at]) => at) }).toEqual({ when, turned: [] });
      }
    }),
  );
}

test('a permission that is missing never turns another decision into auto', () => {
  neverTurnsToAuto(READS.map((unread) => (around) => ({ ...around, [unread]: failure('denied') })));
});

/** Reads that are there, and show less than there is. */
const SHOWN_LESS: readonly ((around: Surroundings) => Surroundings)[] = [
  ...['i-1', 'i-2'].map((gone) => (around: Surroundings) => {
    const { interfaces: read, instances } = around;
    const isNamed = read.ok && read.value.seen.some(({ instanceId }) => instanceId === gone);
    if (!isNamed || !instances.ok) return around;
    return { ...around, instances: success(instances.value.filter(({ id }) => id !== gone)) };
  }),
  (around) => {
    const { interfaces: read } = around;
    return read.ok ? { ...around, interfaces: success({ seen: read.value.seen.slice(0, 1), more: true }) } : around;
  },
  (around) => ({ ...around, associations: success([{ vpcId: 'vpc-9', owner: '999999999999' }]) }),
];

test('what does not show never turns another decision into auto', () => {
  neverTurnsToAuto(SHOWN_LESS);
});

test('what a condition asks for is met in some of these surroundings', () => {
  const met = (when: PolicyConditions) =>
    fc.sample(anySurroundings, { numRuns: 200, seed: 7 }).some((around) => {
      const own = [{ Key: 'environment', Value: 'production' }];
      return deciderOn(around, own)([{ when, do: 'ignore' }]) === 'ignore';
    });
  const { used: _, ...asked } = Object.fromEntries(NARROW.map((when) => [Object.keys(when).join(), when]));
  expect(Object.values(asked).filter((when) => !met(when))).toEqual([]);
});
