import type { NetworkAclEntry } from '../../core/network/network-acl';
import { isSameEntry } from '../../core/network/network-acl-entry';
import { CALLS } from '../../core/planning/calls';
import { isNetworkAclStep } from '../../core/planning/network-acls/is-network-acl-step';
import type { NetworkAclStep, PlanStep } from '../../core/planning/plan';
import { afterStep, entryAt } from '../../core/planning/step-changes';
import type { Resource } from '../../core/resource';

/** EC2 replaces and deletes entries by their number alone: whoever runs such a step has to read before. */
export function isBlind(step: PlanStep): step is NetworkAclStep {
  return isNetworkAclStep(step) && CALLS[step.call].effect !== 'adds';
}

/**
 * Whether the entry that a step replaces or deletes still says what it said when the plan was made. Somebody's change
 * is planned anew, not overwritten.
 *
 * @param planned the steps' own target as the plan saw it
 * @param earlier steps of the same plan that have run
 */
export function isEntryAsPlanned(
  step: NetworkAclStep,
  { planned, earlier, current }: { planned: Resource; earlier: readonly PlanStep[]; current: Resource },
): boolean {
  const expected = entryAt(earlier.reduce(afterStep, planned), step);
  const there = entryAt(current, step);
  if (expected === undefined || there === undefined) return expected === there;
  return isSameEntry(expected, there);
}

/** What stands where a step replaces an entry, right before it does. */
export function entryBefore(
  step: PlanStep,
  { planned, earlier }: { readonly planned: Resource; readonly earlier: readonly PlanStep[] },
): NetworkAclEntry | undefined {
  if (CALLS[step.call].effect !== 'replaces') return undefined;
  return entryAt(earlier.reduce(afterStep, planned), step);
}
