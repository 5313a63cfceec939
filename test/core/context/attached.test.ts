import type { Context } from '../../../src/core/context/context';
import { toAttached } from '../../../src/core/context/to-attached';
import { toSessions } from '../../../src/core/context/to-sessions';
import { toOtherWayIn } from '../../../src/core/context/to-other-way-in';
import { blockedBy } from '../../../src/core/context/blocked-traffic';
import type { InterfaceSeen } from '../../../src/core/context/interface-seen';
import type { Surroundings } from '../../../src/core/context/surroundings';
import { unreadSurroundings } from '../../../src/core/context/unread-surroundings';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { planClosing } from '../../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { matchConditions, type PolicyFacts } from '../../../src/core/policy/match-conditions';
import { POLICY_MODES } from '../../../src/core/policy/policy-entry';
import type { Resource } from '../../../src/core/resource';
import { failure, success } from '../../../src/core/result';
import type { Target } from '../../../src/core/target';
import { KNOWN_CONTEXT } from '../policy/known-context';

const TARGET: Target = {
  kind: 'security-group',
  partition: 'aws',
  account: '222222222222',
  region: 'eu-central-1',
  id: 'sg-1',
};
const eni = (over: Partial<InterfaceSeen> = {}): InterfaceSeen => ({
  id: 'eni-1',
  vpcId: 'vpc-1',
  subnetId: 'subnet-1',
  owner: '222222222222',
  type: 'interface',
  description: '',
  publicIpv4: [],
  ipv6: [],
  privateIps: [],
  ...over,
});
const around = (over: Partial<Surroundings>): Surroundings => ({
  ...unreadSurroundings('not read'),
  associations: success([]),
  ...over,
});
const toFacts = (attached: Context['attached']): PolicyFacts => ({
  ...{ control: 'EC2.13', account: undefined, region: undefined, severity: undefined, tags: undefined },
  context: { ...KNOWN_CONTEXT, attached },
});
const instance = (id: string, state = 'running') => ({ id, state, tags: [{ Key: 'Name', Value: `name of ${id}` }] });

describe('what is attached', () => {
  test.each<[string, Partial<InterfaceSeen>, object]>([
    ['an instance, by its name', { instanceId: 'i-1' }, { kind: 'instance', id: 'i-1', name: 'name of i-1' }],
    [
      'an application load balancer',
      { description: 'ELB app/web/1' },
      { kind: 'load-balancer', id: 'app/web', state: 'internal' },
    ],
    [
      'one that faces the internet',
      { description: 'ELB net/web/1', publicIpv4: ['18.0.0.7'] },
      { kind: 'load-balancer', id: 'net/web', state: 'internet-facing' },
    ],
    ['a network load balancer', { type: 'network_load_balancer' }, { kind: 'load-balancer' }],
    ['a classic load balancer', { description: 'ELB web' }, { kind: 'load-balancer', id: 'web' }],
    ['a function', { type: 'lambda' }, { kind: 'lambda' }],
    ['a function, by its description', { description: 'AWS Lambda VPC ENI-web-1' }, { kind: 'lambda' }],
    ['a database', { description: 'RDSNetworkInterface' }, { kind: 'rds' }],
    ['a task', { description: 'arn:aws:ecs:eu-central-1:222222222222:attachment/1' }, { kind: 'ecs' }],
    ['an endpoint', { type: 'vpc_endpoint' }, { kind: 'endpoint' }],
    ['a NAT gateway', { type: 'nat_gateway' }, { kind: 'nat-gateway' }],
    ['something else', { description: 'of somebody' }, { kind: 'other', id: 'eni-1', name: 'of somebody' }],
  ])('%s', (_, over, expected) => {
    const surroundings = around({
      interfaces: success({ seen: [eni(over)], more: false }),
      instances: success([instance('i-1')]),
    });
    expect(toAttached(TARGET, surroundings, 'vpc-1')).toMatchObject({ value: { count: 1, items: [expected] } });
  });

  test('other VPCs and accounts are shown, and an instance with two interfaces is one', () => {
    const seen = [
      eni({ instanceId: 'i-1' }),
      eni({ id: 'eni-2', instanceId: 'i-1', vpcId: 'vpc-2' }),
      eni({ id: 'eni-3', owner: '333333333333' }),
    ];
    const surroundings = around({ interfaces: success({ seen, more: false }), instances: success([]) });
    expect(toAttached(TARGET, surroundings, 'vpc-1')).toMatchObject({
      value: { count: 3, kinds: ['instance', 'other'], otherVpcs: ['vpc-2'], otherAccounts: ['333333333333'] },
    });
  });

  test('other VPCs that it is associated with are said, whether anything is in them or not', () => {
    const associations = success([{ vpcId: 'vpc-3', owner: TARGET.account }]);
    const surroundings = around({ interfaces: success({ seen: [], more: false }), associations });
    expect(toAttached(TARGET, surroundings, 'vpc-1')).toMatchObject({ value: { count: 0, otherVpcs: ['vpc-3'] } });
  });

  test('a VPC of another account hides what others have attached, so that it is never nothing', () => {
    const associations = success([{ vpcId: 'vpc-9', owner: '999999999999' }]);
    const surroundings = around({
      interfaces: success({ seen: [], more: false }),
      instances: success([]),
      associations,
    });
    const attached = toAttached(TARGET, surroundings, 'vpc-1');
    expect(attached).toMatchObject({
      value: { count: 0, more: true, hiddenIn: { vpcId: 'vpc-9', owner: '999999999999' } },
      evidence: ['0 network interfaces', 'interfaces of others in vpc-9 do not show, a VPC of account 999999999999'],
    });
    for (const mode of POLICY_MODES) {
      expect(matchConditions({ attachedTo: ['nothing'] }, toFacts(attached), mode).match).toBe('unknown');
    }
  });

  test('instances that could not be read have no names, and interfaces that could not be read are not known', () => {
    const seen = [eni({ instanceId: 'i-1' })];
    const nameless = around({ interfaces: success({ seen, more: false }), instances: failure('denied') });
    expect(toAttached(TARGET, nameless, 'vpc-1')).toMatchObject({
      value: { items: [{ kind: 'instance', id: 'i-1' }] },
      evidence: ['1 network interface', 'instances have no names: denied'],
    });
    expect(toAttached(TARGET, around({ interfaces: failure('denied') }), 'vpc-1')).toEqual({
      known: false,
      reason: 'denied',
    });
  });
});

const rule = (id: string, over: Partial<SecurityGroupRule> = {}): SecurityGroupRule => ({
  SecurityGroupRuleId: id,
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  CidrIpv4: '0.0.0.0/0',
  ...over,
});

describe('another way in', () => {
  const foreignVpc = success([{ vpcId: 'vpc-9', owner: '999999999999' }]);
  const both = [rule('sgr-1'), rule('sgr-2', { FromPort: 3389, ToPort: 3389 })];
  const running = { instances: success([instance('i-1'), instance('i-2')]) };
  test.each<[string, readonly SecurityGroupRule[], Partial<Surroundings>, string]>([
    ['is not needed for another port', [rule('sgr-1', { FromPort: 23, ToPort: 23 })], running, 'not-needed'],
    ['is not needed for udp 22', [rule('sgr-1', { IpProtocol: 'udp' })], running, 'not-needed'],
    ['is not needed where nothing runs', both, { instances: success([instance('i-1', 'stopped')]) }, 'not-needed'],
    ['is an agent on each instance', both, { ...running, agents: success(['i-1', 'i-2']) }, 'yes'],
    ['is none where one has no agent', both, { ...running, agents: success(['i-1']) }, 'no'],
    [
      'is a rule that stays for all the ports that go',
      [rule('sgr-1'), rule('sgr-3', { CidrIpv4: '10.0.0.0/8' })],
      { ...running, agents: success([]) },
      'yes',
    ],
    [
      'is none where a rule stays for one of two ports alone',
      [...both, rule('sgr-3', { CidrIpv4: '10.0.0.0/8' })],
      { ...running, agents: success([]) },
      'no',
    ],
    [
      'is no rule outward',
      [rule('sgr-1'), rule('sgr-3', { IsEgress: true })],
      { ...running, agents: success([]) },
      'no',
    ],
    ['is not known where agents could not be read', both, running, 'unknown'],
    [
      'is not known where instances of others do not show',
      both,
      { ...running, agents: success(['i-1', 'i-2']), associations: foreignVpc },
      'unknown',
    ],
    ['is not known where only those may run', both, { instances: success([]), associations: foreignVpc }, 'unknown'],
    [
      'is missing for one that shows, whatever does not show',
      both,
      { ...running, agents: success([]), associations: foreignVpc },
      'no',
    ],
    ['is not known where instances could not be read', both, {}, 'unknown'],
  ])('%s', (_, rules, over, expected) => {
    const resource: Resource = { kind: 'security-group', id: 'sg-1', name: 'web', tags: [], rules, prefixLists: {} };
    const plan = planClosing({
      resource,
      controls: [{ id: 'EC2.19', parameters: [] }],
      policy: DEFAULT_PLAN_POLICY,
      account: TARGET.account,
    });
    const surroundings = around({ interfaces: success({ seen: [eni()], more: false }), ...over });
    const fact = toOtherWayIn(TARGET, blockedBy(plan, resource), plan, resource, surroundings);
    expect(fact.known ? fact.value.answer : 'unknown').toBe(expected);
  });
});

describe('sessions that are open on 22', () => {
  const closedBy = (rules: readonly SecurityGroupRule[]) => {
    const resource: Resource = { kind: 'security-group', id: 'sg-1', name: 'web', tags: [], rules, prefixLists: {} };
    const controls = [{ id: 'EC2.13' as const, parameters: [] }];
    const plan = planClosing({ resource, controls, policy: DEFAULT_PLAN_POLICY, account: TARGET.account });
    return toSessions(plan, resource, [{ from: 22, to: 22 }]);
  };
  const out = (over: Partial<SecurityGroupRule> = {}) =>
    rule('sgr-out', { IsEgress: true, IpProtocol: '-1', FromPort: -1, ToPort: -1, ...over });
  test.each<[string, readonly SecurityGroupRule[], 'end' | 'go-on']>([
    ['end where the group lets everything out, as it does when it is made', [rule('sgr-1'), out()], 'end'],
    ['end for IPv6 too', [rule('sgr-1', { CidrIpv4: undefined, CidrIpv6: '::/0' } as never), out()], 'end'],
    ['go on where nothing is let out but answers', [rule('sgr-1')], 'go-on'],
    [
      'go on where not every port is let out',
      [rule('sgr-1'), out({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })],
      'go-on',
    ],
    ['go on where not every address is', [rule('sgr-1'), out({ CidrIpv4: '10.0.0.0/8' })], 'go-on'],
    [
      'go on where two halves of the internet were let in, each of them tracked',
      [rule('sgr-1', { CidrIpv4: '0.0.0.0/1' }), rule('sgr-2', { CidrIpv4: '128.0.0.0/1' }), out()],
      'go-on',
    ],
  ])('%s', (_, rules, expected) => {
    expect(closedBy(rules)).toBe(expected);
  });
});
