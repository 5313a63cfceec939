import { CALLS } from './calls';
import type { PlanStep } from './plan';

/**
 * Fewer are run one by one: that takes some seconds, and the first that does not work keeps the others from running.
 */
const WORTH_A_GROUP = 8;

/**
 * Steps in groups, in the plan's order: those of one group may run in any order or beside each other, for each leaves a
 * safe state whichever of them have run. Rules that are added do not depend on each other, nor do rules that are
 * revoked once all that stays is there; of a network ACL, entries that are created beside the wider one, and entries of
 * which nothing stays.
 */
export function independentSteps<Step extends PlanStep>(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups: Step[][] = [];
  let last: string | undefined;
  for (const step of steps) {
    const group = groupOf(step);
    if (group !== undefined && group === last) groups.at(-1)?.push(step);
    else groups.push([step]);
    last = group;
  }
  return groups.flatMap((group) => (group.length < WORTH_A_GROUP ? group.map((step) => [step]) : [group]));
}

/** Undefined for a step that stands alone: replacing an entry closes, or opens. */
function groupOf({ call }: PlanStep): string | undefined {
  const { kind, effect } = CALLS[call];
  if (effect === 'replaces') return undefined;
  return kind === 'security-group' && effect === 'adds' ? 'adds' : call;
}
