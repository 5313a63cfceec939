import { DEFAULT_PLAN_POLICY, type StrategyOverride } from '../../../src/core/planning/plan-policy';
import { policyFor } from '../../../src/core/planning/policy-for';

const SUBJECT = {
  account: '222222222222',
  tags: [{ Key: 'environment', Value: 'test' }],
  controls: ['EC2.13', 'EC2.19'] as const,
};

function strategyUnder(overrides: readonly StrategyOverride[], subject: Parameters<typeof policyFor>[1] = SUBJECT) {
  return policyFor({ ...DEFAULT_PLAN_POLICY, overrides }, subject).strategy;
}

describe('The strategy for one target', () => {
  test.each<[string, readonly StrategyOverride[], string]>([
    ['is the policy’s own without overrides', [], 'close'],
    ['is overridden for any of the requested controls', [{ controls: ['EC2.19'], strategy: 'revoke' }], 'revoke'],
    ['is not overridden for other controls', [{ controls: ['EC2.14'], strategy: 'revoke' }], 'close'],
    ['is overridden for an account', [{ accounts: ['222222222222'], strategy: 'revoke' }], 'revoke'],
    ['is not overridden for other accounts', [{ accounts: ['333333333333'], strategy: 'revoke' }], 'close'],
    [
      'is overridden by a tag with its value',
      [{ tags: [{ key: 'environment', value: 'test' }], strategy: 'revoke' }],
      'revoke',
    ],
    ['is overridden by a tag of any value', [{ tags: [{ key: 'environment' }], strategy: 'revoke' }], 'revoke'],
    [
      'is not overridden by a tag of another value',
      [{ tags: [{ key: 'environment', value: 'prod' }], strategy: 'revoke' }],
      'close',
    ],
    [
      'is not overridden where only one of two criteria matches',
      [{ controls: ['EC2.13'], accounts: ['333333333333'], strategy: 'revoke' }],
      'close',
    ],
    [
      'comes from the first override that matches',
      [
        { accounts: ['222222222222'], strategy: 'restrict' },
        { controls: ['EC2.13'], strategy: 'revoke' },
      ],
      'restrict',
    ],
  ])('%s', (_name, overrides, expected) => {
    expect(strategyUnder(overrides)).toBe(expected);
  });

  test('is not overridden for an account where the account is not known', () => {
    const subject = { ...SUBJECT, account: undefined };
    expect(strategyUnder([{ accounts: ['222222222222'], strategy: 'revoke' }], subject)).toBe('close');
  });
});
