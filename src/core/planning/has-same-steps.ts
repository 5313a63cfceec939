import type { Plan } from './plan';

/** Whether two plans make the same calls with the same rules, whatever the order that the rules were read in. */
export function hasSameSteps(one: Plan, other: Plan): boolean {
  return textOf(one) === textOf(other);
}

function textOf({ steps }: Plan): string {
  const texts = steps.map(({ call, rules }) => `${call} ${rules.map(sorted).sort().join()}`);
  return JSON.stringify(texts.sort());
}

/** With its members in one order: what was stored and what was read a moment ago may have others. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
