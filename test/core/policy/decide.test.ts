import type { Plan, SecurityGroupStep } from '../../../src/core/planning/plan';
import { decide } from '../../../src/core/policy/decide';

const STEP: SecurityGroupStep = { call: 'RevokeSecurityGroupIngress', rules: [] };
const planOf = (steps: number, ask: Pick<Plan, 'ask' | 'askReasons'> = { ask: [] }): Plan => ({
  violations: [],
  steps: Array.from({ length: steps }, () => STEP),
  remaining: [],
  ...ask,
  remarks: [],
});

describe('decide', () => {
  test('has nothing to do for a target that is gone', () => {
    expect(decide({ target: 'gone' }).kind).toBe('not-needed');
  });

  test('asks where the plan does', () => {
    const plan = planOf(1, { ask: ['Why?', 'And why?'], askReasons: [{ code: 'why' }, { code: 'and-why' }] });
    expect(decide({ target: 'found', plan })).toEqual({
      kind: 'ask',
      reason: 'Why? And why?',
      reasons: [{ code: 'why' }, { code: 'and-why' }],
    });
  });

  test('runs as many calls as one execution can make, and asks before it would break off in the middle', () => {
    expect(decide({ target: 'found', plan: planOf(600) })).toEqual({ kind: 'go' });
    expect(decide({ target: 'found', plan: planOf(601) })).toMatchObject({
      kind: 'ask',
      reasons: [{ code: 'too-many-calls', calls: 601, most: 600 }],
    });
  });
});
