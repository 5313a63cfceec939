import type { NetworkAclEntry } from '../../core/network/network-acl';
import { entryKey, isSameEntry } from '../../core/network/network-acl-entry';
import { isNetworkAclStep } from '../../core/planning/network-acls/is-network-acl-step';
import type { NetworkAclStep, PlanStep } from '../../core/planning/plan';
import type { Resource } from '../../core/resource';

/** EC2 replaces and deletes entries by their number alone: whoever runs such a step has to look before. */
export function isBlind(step: PlanStep): step is NetworkAclStep {
  return isNetworkAclStep(step) && step.call !== 'CreateNetworkAclEntry';
}

/**
 * Whether the entry that a step replaces or deletes still says what it said when the plan was made. Somebody's change is
 * planned anew, not overwritten.
 *
 * @param planned the steps' own target as the plan saw it
 * @param earlier steps of the same plan that have run
 */
export function isEntryAsPlanned(
  step: NetworkAclStep,
  { planned, earlier, current }: { planned: Resource; earlier: readonly PlanStep[]; current: Resource },
): boolean {
  const expected = earlier.reduce(afterStep, entriesOf(planned)).get(entryKey(step.rules[0]));
  const there = entriesOf(current).get(entryKey(step.rules[0]));
  if (expected === undefined || there === undefined) return expected === there;
  return isSameEntry(expected, there);
}

/** What stands where a step replaces an entry, right before it does. */
export function entryBefore(
  step: PlanStep,
  { planned, earlier }: { readonly planned: Resource; readonly earlier: readonly PlanStep[] },
): NetworkAclEntry | undefined {
  if (step.call !== 'ReplaceNetworkAclEntry') return undefined;
  const [entry] = step.rules;
  return earlier.reduce(afterStep, entriesOf(planned)).get(entryKey(entry));
}

type Entries = ReadonlyMap<string, NetworkAclEntry>;

function entriesOf(resource: Resource): Entries {
  const entries = resource.kind === 'network-acl' ? resource.entries : [];
  return new Map(entries.map((entry) => [entryKey(entry), entry]));
}

function afterStep(entries: Entries, step: PlanStep): Entries {
  if (!isNetworkAclStep(step)) return entries;
  const [entry] = step.rules;
  const others = [...entries].filter(([key]) => key !== entryKey(entry));
  return new Map(step.call === 'DeleteNetworkAclEntry' ? others : [...others, [entryKey(entry), entry]]);
}
