import fc from 'fast-check';
import { BASELINE, CONTROL_IDS, type ControlId, type RequestedControl } from '../../src/core/controls/control-id';
import { controlOf } from '../../src/core/controls/control-registry';
import type { SecurityGroup, SecurityGroupRule } from '../../src/core/network/security-group-rule';
import type { PlanPolicy } from '../../src/core/planning/plan-policy';
import { permissionOf } from './ec2';

const PREFIX_LISTS: Readonly<Record<string, readonly string[]>> = {
  'pl-0a': ['0.0.0.0/0', '10.0.0.0/8', '192.0.2.0/24'],
  'pl-0b': ['0.0.0.0/1'],
  'pl-0c': ['::/0'],
  'pl-0d': ['198.51.100.0/24', '8.8.8.0/24'],
  'pl-0e': ['0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/1', '8.8.8.0/24'],
};

const source = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ CidrIpv4: '0.0.0.0/0' }) },
  { weight: 4, arbitrary: fc.constant({ CidrIpv6: '::/0' }) },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom('0.0.0.0/1', '128.0.0.0/1', '0.0.0.0/2', '64.0.0.0/2', '10.0.0.0/8', '203.0.113.0/24', '8.8.8.0/24')
      .map((CidrIpv4) => ({ CidrIpv4 })),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('::/1', '8000::/1', '2000::/3', '2000::/4', '3000::/4', 'fc00::/7')
      .map((CidrIpv6) => ({ CidrIpv6 })),
  },
  { weight: 1, arbitrary: fc.constant({ ReferencedGroupInfo: { GroupId: 'sg-0feed' } }) },
  { weight: 3, arbitrary: fc.constantFrom(...Object.keys(PREFIX_LISTS)).map((PrefixListId) => ({ PrefixListId })) },
);

const port = fc.constantFrom(
  0,
  20,
  21,
  22,
  23,
  25,
  53,
  79,
  80,
  81,
  442,
  443,
  444,
  1020,
  1025,
  3388,
  3389,
  3390,
  8080,
  65535,
);

const ports = fc.tuple(port, port).map(([a, b]) => ({ FromPort: Math.min(a, b), ToPort: Math.max(a, b) }));

const traffic = fc.oneof(
  { weight: 8, arbitrary: ports.map((range) => ({ IpProtocol: 'tcp', ...range })) },
  { weight: 3, arbitrary: port.map((single) => ({ IpProtocol: 'tcp', FromPort: single, ToPort: single })) },
  { weight: 2, arbitrary: ports.map((range) => ({ IpProtocol: 'udp', ...range })) },
  { weight: 1, arbitrary: ports.map((range) => ({ IpProtocol: '6', ...range })) },
  { weight: 1, arbitrary: fc.constant({ IpProtocol: 'tcp', FromPort: -1, ToPort: -1 }) },
  { weight: 1, arbitrary: fc.constant({ IpProtocol: 'udp' }) },
  { weight: 3, arbitrary: fc.constant({ IpProtocol: '-1', FromPort: -1, ToPort: -1 }) },
  { weight: 1, arbitrary: fc.constant({ IpProtocol: 'icmp', FromPort: -1, ToPort: -1 }) },
  { weight: 1, arbitrary: fc.constant({ IpProtocol: '47' }) },
);

const rule = fc.record({
  traffic,
  source,
  isEgress: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  description: fc.constantFrom(undefined, 'ssh', 'web'),
  tags: fc.constantFrom([], [{ Key: 'owner', Value: 'web' }], [{ Key: 'owner', Value: 'ops' }]),
});

/** A rule without an id. */
export const arbitraryRule: fc.Arbitrary<SecurityGroupRule> = rule.map((draft) => ({
  GroupId: 'sg-0a1b2c3d',
  IsEgress: draft.isEgress,
  ...draft.traffic,
  ...draft.source,
  ...(draft.description === undefined ? {} : { Description: draft.description }),
  Tags: draft.tags,
}));

export const arbitraryGroup: fc.Arbitrary<SecurityGroup> = fc.array(arbitraryRule, { maxLength: 8 }).map((drafts) => {
  const rules = new Map<string, SecurityGroupRule>();
  for (const [index, draft] of drafts.entries()) {
    const made = { SecurityGroupRuleId: `sgr-${String(index)}`, ...draft };
    if (!rules.has(permissionOf(made))) rules.set(permissionOf(made), made);
  }
  return {
    kind: 'security-group',
    id: 'sg-0a1b2c3d',
    name: 'web',
    tags: [],
    rules: [...rules.values()],
    prefixLists: PREFIX_LISTS,
  };
});

const parameters = fc.constantFrom(
  [],
  [{ Name: 'authorizedTcpPorts', Value: ['443'] }],
  [{ Name: 'authorizedTcpPorts', Value: ['22', '80', '1020-1025'] }],
  [
    { Name: 'authorizedTcpPorts', Value: ['0-65535'] },
    { Name: 'authorizedUdpPorts', Value: ['0-65535'] },
  ],
  [
    { Name: 'authorizedTcpPorts', Value: [] },
    { Name: 'authorizedUdpPorts', Value: ['53'] },
  ],
);

const baselines = fc.constantFrom(
  [
    { Name: 'forbiddenTcpPorts', Value: ['22', '1020-1025'] },
    { Name: 'forbiddenUdpPorts', Value: [] },
  ],
  [
    { Name: 'forbiddenTcpPorts', Value: [] },
    { Name: 'forbiddenUdpPorts', Value: ['53'] },
  ],
  [
    { Name: 'forbiddenTcpPorts', Value: ['80', '443', '3389'] },
    { Name: 'forbiddenUdpPorts', Value: ['0-65535'] },
  ],
);

/** Every control that forbids ports of security groups. */
export const generatedControls: readonly ControlId[] = CONTROL_IDS.filter(
  (id) => controlOf(id).kind === 'internet-ports' || id === BASELINE,
);

export const arbitraryControls: fc.Arbitrary<readonly RequestedControl[]> = fc
  .uniqueArray(fc.constantFrom(...generatedControls), { minLength: 1 })
  .chain((ids) =>
    fc
      .record({ 'EC2.18': parameters, baseline: baselines })
      .map((own) => ids.map((id) => ({ id, parameters: id === 'EC2.18' || id === BASELINE ? own[id] : [] }))),
  );

export const arbitraryPolicy: fc.Arbitrary<PlanPolicy> = fc.record({
  strategy: fc.constantFrom('close', 'close', 'close', 'revoke', 'restrict'),
  publicPorts: fc.constantFrom(
    {
      tcp: [
        { from: 80, to: 80 },
        { from: 443, to: 443 },
      ],
      udp: [],
    },
    {
      tcp: [
        { from: 81, to: 90 },
        { from: 22, to: 80 },
      ],
      udp: [{ from: 53, to: 53 }],
    },
    { tcp: [], udp: [] },
  ),
  ruleQuota: fc.constantFrom(60, 60, 5, 8),
  expandPrefixLists: fc.boolean(),
  trustedSources: fc.constantFrom(
    { cidrs: ['198.51.100.0/24', '2001:db8::/32', '8.8.8.0/24'] },
    { cidrs: ['0.0.0.0/1'] },
    { cidrs: ['0.0.0.0/1', '128.0.0.0/1'] },
  ),
});
