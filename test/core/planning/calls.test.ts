import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import { CALLS, callsOn, type CallName } from '../../../src/core/planning/calls';
import type { PlanStep } from '../../../src/core/planning/plan';
import { afterStep, changesOfStep } from '../../../src/core/planning/step-changes';
import type { Resource } from '../../../src/core/resource';

const RULE: SecurityGroupRule = { IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '0.0.0.0/0' };
const ENTRY: NetworkAclEntry = {
  RuleNumber: 100,
  Egress: false,
  RuleAction: 'allow',
  Protocol: '6',
  CidrBlock: '0.0.0.0/0',
  PortRange: { From: 0, To: 21 },
};
const OLD: NetworkAclEntry = { ...ENTRY, PortRange: { From: 0, To: 65_535 } };

const names = Object.keys(CALLS) as readonly CallName[];

function stepOf(call: CallName): PlanStep {
  return (
    CALLS[call].kind === 'network-acl'
      ? { call, rules: [ENTRY] }
      : { call, rules: [{ ...RULE, IsEgress: CALLS[call].direction === 'egress' }] }
  ) as PlanStep;
}

function resourceWith(step: PlanStep, present: boolean): Resource {
  return CALLS[step.call].kind === 'network-acl'
    ? { kind: 'network-acl', id: 'acl-1', isDefault: false, tags: [], entries: present ? [OLD] : [] }
    : {
        kind: 'security-group',
        id: 'sg-1',
        name: 'web',
        tags: [],
        prefixLists: {},
        rules: present ? (step.rules as readonly SecurityGroupRule[]) : [],
      };
}

test('every call is on one kind of resource', () => {
  expect([...callsOn('security-group'), ...callsOn('network-acl')]).toEqual(names);
});

// What EC2 calls it says what it does: the one place where a name is read.
test.each(names)('the effect of %s is what its name says', (call) => {
  const said = /^(Authorize|Create)/.test(call) ? 'adds' : /^(Revoke|Delete)/.test(call) ? 'removes' : 'replaces';
  expect(CALLS[call].effect).toBe(said);
  expect(call.endsWith('NetworkAclEntry')).toBe(CALLS[call].kind === 'network-acl');
});

test.each(names)('after %s its rules are there, or gone', (call) => {
  const step = stepOf(call);
  const after = afterStep(resourceWith(step, CALLS[call].effect !== 'adds'), step);
  const rules = after.kind === 'security-group' ? after.rules : after.entries;
  expect(rules).toEqual(CALLS[call].effect === 'removes' ? [] : step.rules);
});

test.each(names)('%s changes each of its rules', (call) => {
  const step = stepOf(call);
  expect(changesOfStep(step, OLD)).toEqual([
    {
      call,
      effect: CALLS[call].effect,
      rule: step.rules[0],
      ...(CALLS[call].effect === 'replaces' ? { replaced: OLD } : {}),
    },
  ]);
});
