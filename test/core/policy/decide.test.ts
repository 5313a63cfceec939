import type { Plan, SecurityGroupStep } from '../../../src/core/planning/plan';
import { decide } from '../../../src/core/policy/decide';

const STEP: SecurityGroupStep = { call: 'RevokeSecurityGroupIngress', rules: [] };
const planOf = (steps: number, ask: readonly string[] = []): Plan => ({
  violations: [],
  steps: Array.from({ length: steps }, () => STEP),
  remaining: [],
  ask,
  remarks: [],
});

describe('decide', () => {
  it('has nothing to do for a target that is gone', () => {
    expect(decide({ target: 'gone' }).kind).toBe('not-needed');
  });

  it('asks where the plan does', () => {
    expect(decide({ target: 'found', plan: planOf(1, ['Why?']) })).toEqual({ kind: 'ask', reasons: ['Why?'] });
  });

  it('runs as many calls as one execution can make, and asks before it would break off in the middle', () => {
    expect(decide({ target: 'found', plan: planOf(600) })).toEqual({ kind: 'go' });
    expect(decide({ target: 'found', plan: planOf(601) })).toEqual({
      kind: 'ask',
      reasons: [expect.stringContaining('takes 601 calls') as string],
    });
  });
});
