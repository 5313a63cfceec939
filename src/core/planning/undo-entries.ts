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
 * Takes the steps back in reverse order, so that here too the wider entry is there before its pieces go. An entry and its
 * pieces belong together: where one of them cannot be put back, all of them stay as they are.
 */
export function undoEntries(steps: readonly NetworkAclStep[], before: NetworkAcl, current: NetworkAcl): UndoPlan {
  const changes = changesSince(steps.reduce(apply, before.entries), current.entries);
  const undo: NetworkAclStep[] = [];
  const leftAlone: string[] = [];
  for (const cut of [...cutsOf(steps)].reverse()) {
    const standing = cut.map((step) => toStanding(step, before, current));
    const inverse = standing
      .filter((one) => one.standing === 'as-left')
      .map((one) => one.inverse)
      .reverse();
    const problem = ownChange(standing) ?? conflict(inverse, changes) ?? loss(inverse, current);
    if (problem === undefined) undo.push(...inverse);
    else
      leftAlone.push(
        `${cut.map(({ rules: [entry] }) => renderEntry(entry)).join(', ')}: left as found, for ${problem}.`,
      );
  }
  return { steps: undo, leftAlone, remaining: undo.reduce(apply, current.entries) };
}

/** The steps by the entry that they cut: the pieces are created right before what replaces it. */
function cutsOf(steps: readonly NetworkAclStep[]): readonly NetworkAclStep[][] {
  const cuts: NetworkAclStep[][] = [[]];
  for (const step of steps) {
    cuts.at(-1)?.push(step);
    if (step.call !== 'CreateNetworkAclEntry') cuts.push([]);
  }
  return cuts.filter((cut) => cut.length > 0);
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
function ownChange(standing: readonly StandingStep[]): string | undefined {
  const isBack = standing.every((one) => one.step.call === 'CreateNetworkAclEntry' || one.standing === 'undone');
  const changed = standing.find((one) => one.standing === 'changed' || (one.standing === 'absent' && !isBack));
  return changed && `entry ${String(changed.step.rules[0].RuleNumber)} was changed since`;
}

interface Change {
  readonly entry: NetworkAclEntry;
  readonly isNew: boolean;
}

/**
 * What somebody did since that an entry which comes back may undo or widen: an ALLOW taken away or narrowed, a DENY taken
 * away, a DENY made.
 */
function changesSince(left: readonly NetworkAclEntry[], now: readonly NetworkAclEntry[]): readonly Change[] {
  const isIn = (entries: readonly NetworkAclEntry[], entry: NetworkAclEntry): boolean =>
    entries.some((other) => isSameEntry(other, entry));
  const lost = left.filter((entry) => !isIn(now, entry) && (entry.RuleAction === 'deny' || !isAllowedBy(now, entry)));
  const made = now.filter((entry) => entry.RuleAction === 'deny' && !isIn(left, entry));
  return [...lost.map((entry) => ({ entry, isNew: false })), ...made.map((entry) => ({ entry, isNew: true }))];
}

function conflict(undo: readonly NetworkAclStep[], changes: readonly Change[]): string | undefined {
  const back = undo.filter(({ call }) => call !== 'DeleteNetworkAclEntry').map(({ rules: [entry] }) => asRule(entry));
  const lowest = Math.min(...undo.map(({ rules: [entry] }) => entry.RuleNumber));
  const found = changes.find(
    ({ entry, isNew }) =>
      // A new DENY before all of them holds whatever they say.
      !(isNew && entry.RuleNumber < lowest) && back.some((other) => mayShareReach(asRule(entry), other, {})),
  );
  return found && `${renderEntry(found.entry)} was ${found.isNew ? 'made' : 'changed or taken away'} since`;
}

/** What we created may go only where an entry that allows the same stays. */
function loss(undo: readonly NetworkAclStep[], current: NetworkAcl): string | undefined {
  const after = undo.reduce(apply, current.entries);
  const lost = undo.find(({ call, rules: [entry] }) => call === 'DeleteNetworkAclEntry' && !isAllowedBy(after, entry));
  return lost && `what entry ${String(lost.rules[0].RuleNumber)} was cut from was changed since`;
}

/** Whether one of the entries allows all that an entry does, and no DENY comes between it and that entry's place. */
function isAllowedBy(entries: readonly NetworkAclEntry[], entry: NetworkAclEntry): boolean {
  const rule = asRule(entry);
  const stops = entries.filter(
    (other) =>
      other.RuleAction === 'deny' && other.RuleNumber > entry.RuleNumber && mayShareReach(asRule(other), rule, {}),
  );
  const firstStop = Math.min(...stops.map(({ RuleNumber }) => RuleNumber));
  return entries.some(
    (other) => other.RuleAction === 'allow' && other.RuleNumber < firstStop && reachesAllOf(asRule(other), rule, {}),
  );
}

function apply(
  entries: readonly NetworkAclEntry[],
  { call, rules: [entry] }: NetworkAclStep,
): readonly NetworkAclEntry[] {
  const others = entries.filter((other) => entryKey(other) !== entryKey(entry));
  if (call === 'DeleteNetworkAclEntry') return others;
  return [...others, entry].sort((a, b) => Number(a.Egress) - Number(b.Egress) || a.RuleNumber - b.RuleNumber);
}
