import type { NetworkAcl, NetworkAclEntry } from '../network/network-acl';
import { entryKey, isSameEntry, renderEntry } from '../network/network-acl-entry';
import { asRule, mayShareReach, reachesAllOf } from '../network/rule-reach';
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
 * source belong together: where one of them cannot be put back, all of that source stay as they are.
 */
export function undoEntries(steps: readonly NetworkAclStep[], before: NetworkAcl, current: NetworkAcl): UndoPlan {
  const bySource = new Map<string, StandingStep[]>();
  for (const step of steps) {
    const source = sourceOf(step.rules[0]);
    bySource.set(source, [...(bySource.get(source) ?? []), toStanding(step, before, current)]);
  }
  const closures = closedSince(steps.reduce(apply, before.entries), current.entries);
  const undo: NetworkAclStep[] = [];
  const leftAlone: string[] = [];
  for (const [source, standing] of bySource) {
    const inverse = standing
      .filter((one) => one.standing === 'as-left')
      .map((one) => one.inverse)
      .reverse();
    const problem = changeSince(standing) ?? reopening(inverse, closures) ?? loss(inverse, current);
    if (problem === undefined) undo.push(...inverse);
    else leftAlone.push(`The entries from ${source} stay as they are: ${problem}.`);
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
function changeSince(standing: readonly StandingStep[]): string | undefined {
  const isBack = standing.every((one) => one.step.call === 'CreateNetworkAclEntry' || one.standing === 'undone');
  const changed = standing.find((one) => one.standing === 'changed' || (one.standing === 'absent' && !isBack));
  return changed && `${renderEntry(changed.step.rules[0])} was changed since`;
}

/** ALLOW entries that somebody took away or narrowed since the closing, and DENY entries that somebody put there. */
function closedSince(left: readonly NetworkAclEntry[], now: readonly NetworkAclEntry[]): readonly NetworkAclEntry[] {
  const allowed = now.filter((entry) => entry.RuleAction === 'allow').map(asRule);
  return [
    ...left.filter(
      (entry) => entry.RuleAction === 'allow' && !allowed.some((other) => reachesAllOf(other, asRule(entry), {})),
    ),
    ...now.filter((entry) => entry.RuleAction === 'deny' && !left.some((other) => isSameEntry(other, entry))),
  ];
}

/**
 * Putting entries back must let in nothing that somebody has closed since. A DENY before all of them holds as it did; one
 * among them would stop what flows now, and one behind them would stop nothing any more.
 */
function reopening(undo: readonly NetworkAclStep[], closures: readonly NetworkAclEntry[]): string | undefined {
  const lowest = Math.min(...undo.map(({ rules: [entry] }) => entry.RuleNumber));
  for (const { call, rules } of undo) {
    const [entry] = rules;
    if (call === 'DeleteNetworkAclEntry') continue;
    const closure = closures.find(
      (other) =>
        !(other.RuleAction === 'deny' && other.RuleNumber < lowest) && mayShareReach(asRule(other), asRule(entry), {}),
    );
    if (closure === undefined) continue;
    return `${renderEntry(closure)} was ${closure.RuleAction === 'deny' ? 'made' : 'closed or changed'} since`;
  }
  return undefined;
}

/** What we created may go only where an entry that allows the same stays. */
function loss(undo: readonly NetworkAclStep[], current: NetworkAcl): string | undefined {
  const after = undo
    .reduce(apply, current.entries)
    .filter((entry) => entry.RuleAction === 'allow')
    .map(asRule);
  const lost = undo.find(
    ({ call, rules: [entry] }) =>
      call === 'DeleteNetworkAclEntry' && !after.some((other) => reachesAllOf(other, asRule(entry), {})),
  );
  return lost && `what ${renderEntry(lost.rules[0])} was cut from was changed since`;
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
