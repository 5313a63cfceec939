import { planClosing } from '../../../src/core/planning/plan-closing';
import { renderAskReason } from '../../../src/core/reasons/ask-reasons';
import { ruleText, stepText } from '../../cases/case-text';
import { controlsOf, loadCases, policyOf, resourceOf } from '../../cases/load-cases';

describe.each(loadCases())('$file', ({ cases }) => {
  test.each(cases.map((row) => [row.name, row] as const))('%s', (_name, row) => {
    const plan = planClosing({ resource: resourceOf(row), controls: controlsOf(row), policy: policyOf(row) });
    const { expected } = row;
    const violations = plan.violations.map((each) => ['ruleId' in each ? each.ruleId : each.ruleNumber, each.how]);
    expect(Object.fromEntries(violations)).toEqual(expected.violations);
    expect(plan.steps.map(stepText)).toEqual(expected.steps);
    expect(plan.remaining.map(ruleText)).toEqual(expected.remaining);
    expect(plan.askReasons).toEqual(expected.ask);
    expect(plan.ask).toEqual(expected.ask.map(renderAskReason));
    expect(plan.remarks).toHaveLength(plan.remarkReasons?.length ?? 0);
    if (expected.remarks) expect(plan.remarkReasons).toEqual(expected.remarks);
  });
});

test('The table has a row for every control and shape that it promises', () => {
  const rows = loadCases().flatMap(({ cases }) => cases);
  expect(rows.length).toBeGreaterThanOrEqual(120);
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
});
