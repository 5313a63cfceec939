import type { Isolable, SeenInterface } from '../../../src/core/isolation/isolable';
import { planIsolation, type IsolationPlan } from '../../../src/core/isolation/plan-isolation';
import type { SecurityGroup, SecurityGroupRule } from '../../../src/core/network/security-group-rule';

const TERMS = { guardTag: 'portcullis:isolate', groupName: 'Portcullis-Isolation' };
const deny = (Value = 'deny') => [{ Key: 'portcullis:isolate', Value }];

const OUT: SecurityGroupRule = {
  SecurityGroupRuleId: 'sgr-1',
  IsEgress: true,
  IpProtocol: '-1',
  FromPort: -1,
  ToPort: -1,
  CidrIpv4: '0.0.0.0/0',
};
const IN: SecurityGroupRule = { ...OUT, SecurityGroupRuleId: 'sgr-2', IsEgress: false };

function nic(interfaceId: string, groups: readonly string[], more: Partial<SeenInterface> = {}): SeenInterface {
  return { interfaceId, vpcId: 'vpc-1', subnetId: 'subnet-1', groups, tags: [], ...more };
}

function isolating(more: Partial<SecurityGroup> = {}): SecurityGroup {
  const name = 'Portcullis-Isolation';
  const tags = [{ Key: 'portcullis:isolating', Value: name }];
  return { kind: 'security-group', id: 'sg-iso', name, vpcId: 'vpc-1', tags, rules: [], prefixLists: {}, ...more };
}

const machine = (interfaces: readonly SeenInterface[], more: Partial<Isolable> = {}): Isolable => ({
  kind: 'instance',
  id: 'i-1',
  tags: [],
  interfaces,
  around: [],
  candidates: [],
  existing: [],
  ...more,
});

/** A plan in a few words. */
function inWords(plan: IsolationPlan): string {
  switch (plan.kind) {
    case 'refuse':
      return `refused: ${plan.reason.code}${'on' in plan.reason ? ` on ${plan.reason.on}` : ''}`;
    case 'done':
      return `done: ${ids(plan.isolated)}; left: ${ids(plan.left)}`;
    case 'run':
      return plan.steps
        .map((step) => {
          switch (step.call) {
            case 'CreateSecurityGroup':
              return `make ${step.name} in ${step.vpcId}`;
            case 'ModifyNetworkInterfaceAttribute':
              return `${step.interfaceId}: ${step.expected.join('+')} > ${step.groups.join('+')}`;
            default:
              return `${step.call} ${String(step.rules.length)} of ${step.groupId}`;
          }
        })
        .join('; ');
  }
}

const ids = (some: readonly SeenInterface[]) => some.map(({ interfaceId }) => interfaceId).join(', ') || 'none';

test.each<[string, Isolable, string]>([
  ['first makes the group of its VPC', machine([nic('eni-1', ['sg-1'])]), 'make Portcullis-Isolation in vpc-1'],
  [
    'makes one in every VPC of its interfaces',
    machine([nic('eni-1', ['sg-1']), nic('eni-2', ['sg-2'], { vpcId: 'vpc-2' })]),
    'make Portcullis-Isolation in vpc-1; make Portcullis-Isolation in vpc-2',
  ],
  [
    'takes every rule out of the group before any interface has it',
    machine([nic('eni-1', ['sg-1'])], {
      candidates: [isolating({ rules: [OUT, IN, { ...OUT, CidrIpv4: '10.0.0.0/8' }] })],
    }),
    'RevokeSecurityGroupEgress 2 of sg-iso; RevokeSecurityGroupIngress 1 of sg-iso',
  ],
  [
    'then replaces the groups of every interface',
    machine([nic('eni-1', ['sg-1', 'sg-2']), nic('eni-2', ['sg-1'])], { candidates: [isolating()] }),
    'eni-1: sg-1+sg-2 > sg-iso; eni-2: sg-1 > sg-iso',
  ],
  [
    'replaces groups that stand beside the isolating one',
    machine([nic('eni-1', ['sg-1', 'sg-iso'])], { candidates: [isolating()] }),
    'eni-1: sg-1+sg-iso > sg-iso',
  ],
  [
    'goes on where an earlier one broke off',
    machine([nic('eni-1', ['sg-iso']), nic('eni-2', ['sg-1'])], { candidates: [isolating()] }),
    'eni-2: sg-1 > sg-iso',
  ],
  [
    'empties the group again where somebody has added a rule since',
    machine([nic('eni-1', ['sg-iso'])], { candidates: [isolating({ rules: [IN] })] }),
    'RevokeSecurityGroupIngress 1 of sg-iso',
  ],
  [
    'is done where every interface has it alone, and it is empty',
    machine([nic('eni-1', ['sg-iso'])], { candidates: [isolating()] }),
    'done: eni-1; left: none',
  ],
  [
    'leaves an interface that a service manages',
    machine([nic('eni-1', ['sg-iso']), nic('eni-2', ['sg-1'], { managedBy: 'amazon-ecs' })], {
      candidates: [isolating()],
    }),
    'done: eni-1; left: eni-2',
  ],
  [
    'is refused where a service manages all of them',
    machine([nic('eni-1', ['sg-1'], { managedBy: 'amazon-elb' })]),
    'refused: isolation-interface-managed',
  ],
  ['is refused without an interface', machine([]), 'refused: isolation-without-interfaces'],
  [
    'is refused by the tag of the instance',
    machine([nic('eni-1', ['sg-1'])], { tags: deny() }),
    'refused: isolation-guarded on i-1',
  ],
  [
    'is refused in whatever case',
    machine([nic('eni-1', ['sg-1'])], { tags: deny(' DENY') }),
    'refused: isolation-guarded on i-1',
  ],
  [
    'is refused by the tag of one of its interfaces',
    machine([nic('eni-1', ['sg-1']), nic('eni-2', ['sg-1'], { tags: deny() })]),
    'refused: isolation-guarded on eni-2',
  ],
  [
    'is refused by the tag of its VPC',
    machine([nic('eni-1', ['sg-1'])], { around: [{ id: 'vpc-1', tags: deny() }] }),
    'refused: isolation-guarded on vpc-1',
  ],
  [
    'is not refused by another value of the tag',
    machine([nic('eni-1', ['sg-1'])], { tags: deny('allow') }),
    'make Portcullis-Isolation in vpc-1',
  ],
  [
    'is refused where a group of the name is somebody else’s',
    machine([nic('eni-1', ['sg-1'])], { candidates: [isolating({ tags: [] })] }),
    'refused: isolating-group-of-others',
  ],
  [
    'does not take a group whose tag was copied under another name for its own',
    machine([nic('eni-1', ['sg-1'])], { candidates: [isolating({ name: 'open-wide' })] }),
    'refused: isolating-group-of-others',
  ],
])('an isolation %s', (_, seen, expected) => {
  expect(inWords(planIsolation(seen, TERMS))).toBe(expected);
});

test('no step of an isolation lets an interface keep or get a group that is not empty', () => {
  for (const rules of [[], [OUT], [IN]]) {
    const plan = planIsolation(machine([nic('eni-1', ['sg-1'])], { candidates: [isolating({ rules })] }), TERMS);
    const replaces = plan.kind === 'run' && plan.steps.some(({ call }) => call === 'ModifyNetworkInterfaceAttribute');
    expect(replaces).toBe(rules.length === 0);
  }
});
