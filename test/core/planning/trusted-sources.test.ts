import type { SecurityGroup, SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { planClosing } from '../../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';

const SSH = { IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
const OPEN: SecurityGroupRule = { SecurityGroupRuleId: 'sgr-open', ...SSH, CidrIpv6: '::/0' };

function restrictTo(cidrs: readonly string[], ...rules: readonly SecurityGroupRule[]) {
  const group: SecurityGroup = { kind: 'security-group', id: 'sg-1', name: 'web', tags: [], rules, prefixLists: {} };
  return planClosing({
    resource: group,
    controls: [{ id: 'EC2.13', parameters: [] }],
    policy: { ...DEFAULT_PLAN_POLICY, strategy: 'restrict', trustedSources: { cidrs } },
  });
}

describe('A trusted source that the policy writes in another way than EC2', () => {
  test('is authorized as EC2 will write it, or its rule would not be known again', () => {
    expect(restrictTo(['2001:0DB8:0::/32'], OPEN).steps).toEqual([
      { call: 'AuthorizeSecurityGroupIngress', rules: [{ ...SSH, CidrIpv6: '2001:db8::/32' }] },
      { call: 'RevokeSecurityGroupIngress', rules: [OPEN] },
    ]);
  });

  test('is not authorized beside a rule that has it, which EC2 would refuse as a duplicate', () => {
    const there = { SecurityGroupRuleId: 'sgr-there', ...SSH, CidrIpv6: '2001:db8::/32' };
    expect(restrictTo(['2001:DB8::/32'], OPEN, there)).toMatchObject({
      steps: [{ call: 'RevokeSecurityGroupIngress', rules: [OPEN] }],
      remaining: [there],
    });
  });

  test('keeps its rule where it takes part in opening to the internet', () => {
    const [low, high] = ['2000::/4', '3000::/4'].map((CidrIpv6) => ({
      SecurityGroupRuleId: CidrIpv6,
      ...SSH,
      CidrIpv6,
    }));
    if (low === undefined || high === undefined) throw new Error('two rules');
    expect(restrictTo(['2000:0::/4'], low, high)).toMatchObject({
      steps: [{ call: 'RevokeSecurityGroupIngress', rules: [high] }],
      remaining: [low],
      ask: [],
    });
  });
});
