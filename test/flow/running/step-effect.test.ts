import type { NetworkAcl, NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { SecurityGroup, SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import type { PlanStep } from '../../../src/core/planning/plan';
import type { Resource } from '../../../src/core/resource';
import { hasTakenEffect } from '../../../src/flow/running/step-effect';
import { entry, ingress } from '../in-memory-ports';

const SSH = ingress('sgr-ssh');
const OUT: SecurityGroupRule = { ...SSH, SecurityGroupRuleId: 'sgr-out', IsEgress: true };

function group(...rules: readonly SecurityGroupRule[]): SecurityGroup {
  return { kind: 'security-group', id: 'sg-1', name: 'web', tags: [], rules, prefixLists: {} };
}

function acl(...entries: readonly NetworkAclEntry[]): NetworkAcl {
  return { kind: 'network-acl', id: 'acl-1', isDefault: false, tags: [], entries };
}

const LOW = entry(100, { PortRange: { From: 0, To: 21 } });

const CASES: readonly (readonly [string, PlanStep, Resource, boolean])[] = [
  ['a revoked rule that is gone', { call: 'RevokeSecurityGroupIngress', rules: [SSH] }, group(OUT), true],
  [
    'a revoked rule that is there under another id',
    { call: 'RevokeSecurityGroupIngress', rules: [SSH] },
    group({ ...SSH, SecurityGroupRuleId: 'sgr-2' }),
    false,
  ],
  ['revoked egress that is there', { call: 'RevokeSecurityGroupEgress', rules: [OUT] }, group(OUT), false],
  ['revoked egress beside the same ingress', { call: 'RevokeSecurityGroupEgress', rules: [OUT] }, group(SSH), true],
  ['an authorized rule', { call: 'AuthorizeSecurityGroupIngress', rules: [SSH] }, group(SSH), true],
  [
    'one of two authorized rules',
    { call: 'AuthorizeSecurityGroupIngress', rules: [SSH, ingress('sgr-3', { CidrIpv4: '10.0.0.0/8' })] },
    group(SSH),
    false,
  ],
  ['authorized egress that is only ingress', { call: 'AuthorizeSecurityGroupEgress', rules: [OUT] }, group(SSH), false],
  ['authorized egress', { call: 'AuthorizeSecurityGroupEgress', rules: [OUT] }, group(OUT), true],
  ['a created entry', { call: 'CreateNetworkAclEntry', rules: [LOW] }, acl(LOW), true],
  [
    'a created entry with the protocol by name',
    { call: 'CreateNetworkAclEntry', rules: [LOW] },
    acl({ ...LOW, Protocol: 'tcp' }),
    true,
  ],
  ['a created entry that is missing', { call: 'CreateNetworkAclEntry', rules: [LOW] }, acl(), false],
  [
    'a replaced entry that says what it said before',
    { call: 'ReplaceNetworkAclEntry', rules: [LOW] },
    acl(entry(100, { PortRange: { From: 0, To: 65535 } })),
    false,
  ],
  [
    'a replaced entry that denies',
    { call: 'ReplaceNetworkAclEntry', rules: [LOW] },
    acl({ ...LOW, RuleAction: 'deny' }),
    false,
  ],
  ['a replaced entry', { call: 'ReplaceNetworkAclEntry', rules: [LOW] }, acl(LOW), true],
  ['a deleted entry', { call: 'DeleteNetworkAclEntry', rules: [LOW] }, acl(), true],
  ['a deleted entry that is there', { call: 'DeleteNetworkAclEntry', rules: [LOW] }, acl(LOW), false],
  [
    'a deleted entry, with one of its number in the other direction',
    { call: 'DeleteNetworkAclEntry', rules: [LOW] },
    acl({ ...LOW, Egress: true }),
    true,
  ],
];

test.each(CASES)('%s: the step has taken effect, or not', (_, step, resource, expected) => {
  expect(hasTakenEffect(step, resource)).toBe(expected);
});
