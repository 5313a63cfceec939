import type { SecurityGroup } from '../../../../src/core/network/security-group-rule';
import { DEFAULT_PLAN_POLICY } from '../../../../src/core/planning/plan-policy';
import { doesNotHold, holds } from '../../../../src/core/certificate/verification/statement';
import { certify, findFaults, forge, verify } from '../certified';
import { closeInTwoPlans, closeOnModel } from '../on-model';
import { EC2_13, SSH, WEB, webGroup } from './web-group';

const { CidrIpv4: _own, ...ANYBODY } = WEB;
const FROM_LIST = { ...ANYBODY, SecurityGroupRuleId: 'sgr-list', PrefixListId: 'pl-1' };
const SECOND = { ...ANYBODY, SecurityGroupRuleId: 'sgr-second', FromPort: 22, ToPort: 22, CidrIpv6: '::/0' };

function holding(group: SecurityGroup, ...cidrs: readonly string[]): SecurityGroup {
  return { ...group, prefixLists: { 'pl-1': cidrs } };
}

/** Somebody else opens SSH once more and changes the list, while the first plan runs. */
function certifyTwoPlans(before: readonly string[], later: readonly string[]) {
  const plan = { controls: [EC2_13], policy: DEFAULT_PLAN_POLICY, calls: 1 };
  const closed = closeInTwoPlans(holding(webGroup(SSH, FROM_LIST), ...before), plan, (left) => {
    if (left.kind !== 'security-group') throw new Error('no group');
    return holding({ ...left, rules: [...left.rules, SECOND] }, ...later);
  });
  if (closed === undefined) throw new Error('one plan was enough');
  return certify(closed);
}

describe('A closing during which somebody changed a prefix list', () => {
  test('holds where the list grew before the second plan, and says so', () => {
    const certificate = certifyTwoPlans(['10.0.0.0/8'], ['10.0.0.0/8', '8.8.8.0/24']);
    expect(findFaults(certificate)).toEqual([]);
    expect(verify(certificate)).toContainEqual(
      holds('nothing-opened', { code: 'opened-between-plans', traffic: 'tcp 443 8.8.8.0/24' }),
    );
  });

  test('holds where the list shrank before the second plan, and says so', () => {
    const certificate = certifyTwoPlans(['10.0.0.0/8', '8.8.8.0/24'], ['10.0.0.0/8']);
    expect(findFaults(certificate)).toEqual([]);
    expect(verify(certificate)).toContainEqual(
      holds('smallest-cut', {
        code: 'changed-between-plans',
        cuts: [{ code: 'compliant-traffic-cut', traffic: 'tcp 443 8.8.8.0/24' }],
      }),
    );
  });

  test('does not hold where more was opened than the list came to hold', () => {
    const certificate = certifyTwoPlans(['10.0.0.0/8'], ['10.0.0.0/8', '8.8.8.0/24']);
    const { after } = certificate.parts;
    if (after?.kind !== 'security-group') throw new Error('no group');
    const rules = [...after.rules, { ...WEB, SecurityGroupRuleId: 'sgr-new', CidrIpv4: '9.9.9.0/24' }];
    expect(findFaults(forge(certificate, { after: { ...after, rules } }))).toEqual([
      doesNotHold('nothing-opened', { code: 'became-reachable', traffic: 'tcp 443 9.9.9.0/24' }, 'after'),
    ]);
  });

  test('does not hold where nobody looked between the change and the end', () => {
    const closed = closeOnModel(holding(webGroup(SSH, FROM_LIST), '10.0.0.0/8'), [EC2_13], DEFAULT_PLAN_POLICY);
    if (closed.after.kind !== 'security-group') throw new Error('no group');
    expect(findFaults(certify({ ...closed, after: holding(closed.after, '8.8.8.0/24') }))).toEqual([
      doesNotHold('nothing-opened', { code: 'became-reachable', traffic: 'tcp 443 8.8.8.0/24' }, 'after'),
      doesNotHold('smallest-cut', { code: 'compliant-traffic-cut', traffic: 'tcp 443 10.0.0.0/8' }, 'after'),
    ]);
  });
});
