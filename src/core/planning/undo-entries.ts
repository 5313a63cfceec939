import type { NetworkAcl, NetworkAclEntry } from '../network/network-acl';
import { entryKey, isSameEntry, renderEntry } from '../network/network-acl-entry';
import type { NetworkAclStep } from './plan';
import type { UndoPlan } from './plan-undo';

/** How a step stands now. `absent`: what it created is not there, undone already or taken away by somebody. */
type Standing = 'as-left' | 'undone' | 'absent' | 'changed';

interface StandingStep {
  readonly step: NetworkAclStep;
  readonly standing: Standing;
  /** What takes the step back. */
  readonly inverse: NetworkAclStep;
}

/**
 * Takes the steps back in reverse order, so that here too the wider entry is there before its pieces go. Entries of one
 * source belong together: where somebody changed one of them since, all of that source stay as they are.
 */
export function undoEntries(steps: readonly NetworkAclStep[], before: NetworkAcl, current: NetworkAcl): UndoPlan {
  const bySource = new Map<string, StandingStep[]>();
  for (const step of steps) {
    const source = sourceOf(step.rules[0]);
    bySource.set(source, [...(bySource.get(source) ?? []), toStanding(step, before, current)]);
  }
  const undo: NetworkAclStep[] = [];
  const leftAlone: string[] = [];
  for (const [source, standing] of bySource) {
    const changed = standing.find((one) => isChangedSince(one, standing));
    if (changed === undefined) {
      undo.push(
        ...standing
          .filter((one) => one.standing === 'as-left')
          .map(({ inverse }) => inverse)
          .reverse(),
      );
    } else {
      leftAlone.push(
        `The entries from ${source} stay as they are: ${renderEntry(changed.step.rules[0])} was changed since.`,
      );
    }
  }
  return { steps: undo, leftAlone, remaining: undo.reduce(apply, current.entries) };
}

function toStanding(step: NetworkAclStep, before: NetworkAcl, current: NetworkAcl): StandingStep {
  const [entry] = step.rules;
  const key = entryKey(entry);
  const there = current.entries.find((other) => entryKey(other) === key);
  switch (step.call) {
    case 'CreateNetworkAclEntry': {
      const standing = there === undefined ? 'absent' : isSameEntry(there, entry) ? 'as-left' : 'changed';
      return { step, standing, inverse: { call: 'DeleteNetworkAclEntry', rules: [entry] } };
    }
    case 'DeleteNetworkAclEntry': {
      const standing = there === undefined ? 'as-left' : isSameEntry(there, entry) ? 'undone' : 'changed';
      return { step, standing, inverse: { call: 'CreateNetworkAclEntry', rules: [entry] } };
    }
    case 'ReplaceNetworkAclEntry': {
      const old = before.entries.find((other) => entryKey(other) === key);
      const inverse: NetworkAclStep = { call: 'ReplaceNetworkAclEntry', rules: [old ?? entry] };
      if (old === undefined || there === undefined) return { step, standing: 'changed', inverse };
      const standing = isSameEntry(there, entry) ? 'as-left' : isSameEntry(there, old) ? 'undone' : 'changed';
      return { step, standing, inverse };
    }
  }
}

/** What we created may be missing only once the entry that it was a piece of is back. */
function isChangedSince({ standing }: StandingStep, all: readonly StandingStep[]): boolean {
  if (standing === 'changed') return true;
  if (standing !== 'absent') return false;
  return all.some((other) => other.step.call !== 'CreateNetworkAclEntry' && other.standing !== 'undone');
}

function sourceOf({ CidrBlock, Ipv6CidrBlock }: NetworkAclEntry): string {
  return CidrBlock ?? Ipv6CidrBlock ?? 'an unknown source';
}

function apply(
  entries: readonly NetworkAclEntry[],
  { call, rules: [entry] }: NetworkAclStep,
): readonly NetworkAclEntry[] {
  const others = entries.filter((other) => entryKey(other) !== entryKey(entry));
  if (call === 'DeleteNetworkAclEntry') return others;
  return [...others, entry].sort((a, b) => Number(a.Egress) - Number(b.Egress) || a.RuleNumber - b.RuleNumber);
}
