import fc from 'fast-check';
import type { Certificate } from '../../../src/core/certificate/certificate';
import type { RequestedControl } from '../../../src/core/controls/control-id';
import type { NetworkAcl, NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { SecurityGroup, SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import type { PlanPolicy } from '../../../src/core/planning/plan-policy';
import { arbitraryAcl, arbitraryAclPolicy } from '../../oracle/arbitrary-acl';
import { arbitraryControls, arbitraryGroup, arbitraryPolicy } from '../../oracle/arbitrary-group';
import { assertProperty } from '../../oracle/assert-property';
import { permissionOf } from '../../oracle/ec2';
import { violatingRules } from '../../oracle/forbidden';
import {
  arbitraryEntryMeddling,
  arbitraryRuleMeddling,
  meddleWithEntries,
  meddleWithRules,
  type Meddling,
} from '../../oracle/meddling';
import { isViolating } from '../../oracle/network-acl';
import { certify, findFaults, forge } from './certified';
import { closeInTwoPlans } from './on-model';

const EC2_21 = [{ id: 'EC2.21', parameters: [] }] as const;

type Scene = [SecurityGroup, readonly RequestedControl[], PlanPolicy, number, readonly Meddling<SecurityGroupRule>[]];
type AclScene = [NetworkAcl, PlanPolicy, number, readonly Meddling<NetworkAclEntry>[]];

const arbitraryCalls = fc.integer({ min: 1, max: 3 });
const arbitraryScene: fc.Arbitrary<Scene> = fc.tuple(
  arbitraryGroup,
  arbitraryControls,
  arbitraryPolicy,
  arbitraryCalls,
  arbitraryRuleMeddling,
);
const arbitraryAclScene: fc.Arbitrary<AclScene> = fc.tuple(
  arbitraryAcl,
  arbitraryAclPolicy,
  arbitraryCalls,
  arbitraryEntryMeddling,
);

function certifyTwoPlans(...scene: Parameters<typeof closeInTwoPlans>): Certificate | undefined {
  const ended = closeInTwoPlans(...scene);
  return ended && certify(ended);
}

function closeGroup(...[group, controls, policy, calls, meddling]: Scene): Certificate | undefined {
  return certifyTwoPlans(group, { controls, policy, calls }, (left) => {
    if (left.kind !== 'security-group') throw new Error('no group');
    return { ...left, rules: meddleWithRules(left.rules, meddling) };
  });
}

function closeAcl(...[acl, policy, calls, meddling]: AclScene): Certificate | undefined {
  return certifyTwoPlans(acl, { controls: EC2_21, policy, calls }, (left) => {
    if (left.kind !== 'network-acl') throw new Error('no network ACL');
    return { ...left, entries: meddleWithEntries(left.entries, meddling) };
  });
}

describe('The evaluator of certificates, of closings that somebody meddled with between two plans', () => {
  test('says that they hold, of security groups', () => {
    assertProperty(
      fc.property(arbitraryScene, (scene) => {
        const certificate = closeGroup(...scene);
        if (certificate) expect(findFaults(certificate)).toEqual([]);
      }),
    );
  });

  test('says that they hold, of network ACLs', () => {
    assertProperty(
      fc.property(arbitraryAclScene, (scene) => {
        const certificate = closeAcl(...scene);
        if (certificate) expect(findFaults(certificate)).toEqual([]);
      }),
    );
  });

  test('finds a rule taken away that both plans had found, and that violated nothing', () => {
    assertProperty(
      fc.property(arbitraryScene, (scene) => {
        const [group, controls] = scene;
        const certificate = closeGroup(...scene);
        const { beforeLatestPlan: found, after } = certificate?.parts ?? {};
        if (certificate === undefined || found?.kind !== 'security-group' || after?.kind !== 'security-group') return;
        const all = { ...group, rules: [...group.rules, ...found.rules] };
        const violating = new Set([...violatingRules(all, controls)].map(permissionOf));
        const [was, is] = [group.rules, found.rules].map((rules) => new Set(rules.map(identityOf)));
        for (const rule of after.rules) {
          if (violating.has(permissionOf(rule)) || !was?.has(identityOf(rule)) || !is?.has(identityOf(rule))) continue;
          const rules = after.rules.filter((each) => each !== rule);
          const faults = findFaults(forge(certificate, { after: { ...after, rules } }));
          expect(faults.map(({ check }) => check)).toContain('smallest-cut');
        }
      }),
    );
  });

  test('finds an entry taken away that both plans had found, and that violated nothing', () => {
    assertProperty(
      fc.property(arbitraryAclScene, (scene) => {
        const [acl] = scene;
        const certificate = closeAcl(...scene);
        const { beforeLatestPlan: found, after } = certificate?.parts ?? {};
        if (certificate === undefined || found?.kind !== 'network-acl' || after?.kind !== 'network-acl') return;
        const [was, is] = [acl.entries, found.entries].map(
          (entries) => new Set(entries.map((one) => JSON.stringify(one))),
        );
        for (const entry of after.entries) {
          const text = JSON.stringify(entry);
          if ((!entry.Egress && isViolating(entry)) || !was?.has(text) || !is?.has(text)) continue;
          const entries = after.entries.filter((each) => each !== entry);
          const faults = findFaults(forge(certificate, { after: { ...after, entries } }));
          expect(faults.map(({ check }) => check)).toContain('smallest-cut');
        }
      }),
    );
  });
});

function identityOf(rule: SecurityGroupRule): string {
  return `${rule.SecurityGroupRuleId ?? ''} ${permissionOf(rule)}`;
}
