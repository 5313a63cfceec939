import type { NetworkAcl, NetworkAclEntry } from '../../network/network-acl';
import { entryKey, isSameEntry, renderEntry } from '../../network/network-acl-entry';
import { asRule, mayShareReach, reachesAllOf } from '../../network/rule-reach';
import type { EffectiveRun } from '../../ledger/runs-in-effect';
import type { EntriesLeftCause, LeftAloneReason } from '../../reasons/undo-reasons';
import type { Resource } from '../../resource';
import { CALLS } from '../calls';
import { isNetworkAclStep } from '../network-acls/is-network-acl-step';
import type { NetworkAclStep } from '../plan';
import type { UndoPlan } from './undo-plan';

/** How a step stands now. `absent`: what it created is not there, undone already or taken away by somebody. */
type Effective = 'as-left' | 'undone' | 'absent' | 'changed';

interface EffectiveStep {
  readonly step: NetworkAclStep;
  readonly effective: Effective;
  /** What takes the step back. */
  readonly inverse: NetworkAclStep;
}

/** A step that a closing ran. */
export interface EntryRun {
  readonly step: NetworkAclStep;
  /** By an earlier undo, which broke off: whatever stands there now is for others to say. */
  readonly isUndone: boolean;
  /** Distinguishes the plans of one closing, should it have been planned again. */
  readonly plan?: string;
  /** What the entry said right before the step replaced it, where that was kept. */
  readonly replaced?: NetworkAclEntry;
}

export interface EntriesToUndo {
  readonly runs: readonly EntryRun[];
  /** All that ran, also what the closing took back by itself. */
  readonly ran: readonly EntryRun[];
  readonly before: NetworkAcl;
  readonly current: NetworkAcl;
  /** What was allowed at some time after the closing. */
  readonly openLater: readonly NetworkAclEntry[];
}

/**
 * Takes the steps back in reverse order, so that here too the wider entry is there before its remainders go. An entry
 * and its remainders belong together: where one of them cannot be put back, all of them stay as they are.
 */
export function undoEntries({ runs, ran, before, current, openLater }: EntriesToUndo): UndoPlan {
  const effective = ran.filter(({ isUndone }) => !isUndone).map(({ step }) => step);
  const changes = changesSince(effective.reduce(apply, before.entries), openLater, current.entries);
  const undo: NetworkAclStep[] = [];
  const leftAlone: LeftAloneReason[] = [];
  let now = current.entries;
  for (const rewrite of [...rewritesOf(runs)].reverse()) {
    const found = rewrite.map((run) => toEffective(run, before, now));
    const inverse = found
      .filter((one) => one.effective === 'as-left')
      .map((one) => one.inverse)
      .reverse();
    const after = inverse.reduce(apply, now);
    // Remainders of an entry that was never replaced stand in for nothing.
    const isWhole = !standsForNothing(rewrite, runs, before);
    const problem = ownChange(found) ?? conflict(inverse, changes) ?? (isWhole ? loss(now, after) : undefined);
    if (problem === undefined) {
      undo.push(...inverse);
      now = after;
    } else {
      const entries = rewrite.filter(({ isUndone }) => !isUndone).map(({ step }) => renderEntry(step.rules[0]));
      leftAlone.push({ code: 'entries-left', entries, cause: problem });
    }
  }
  return { steps: undo, leftAlone, remaining: now };
}

/**
 * The runs by the entry that they rewrite: the remainders are created right before what replaces it. Remainders of a
 * plan that did not get there stand alone.
 */
export function rewritesOf(runs: readonly EntryRun[]): readonly EntryRun[][] {
  const rewrites: EntryRun[][] = [[]];
  for (const run of runs) {
    if (rewrites.at(-1)?.some(({ plan }) => plan !== run.plan) === true) rewrites.push([]);
    rewrites.at(-1)?.push(run);
    if (CALLS[run.step.call].effect !== 'adds') rewrites.push([]);
  }
  return rewrites.filter((rewrite) => rewrite.length > 0);
}

/**
 * Remainders that were made, while no entry with which they share anything was replaced or deleted, by the same plan or
 * another: somebody changed it first.
 */
export function standsForNothing(
  rewrite: readonly EntryRun[],
  runs: readonly EntryRun[],
  before: Resource | undefined,
): boolean {
  if (rewrite.some(({ step }) => step.call !== 'CreateNetworkAclEntry')) return false;
  const taken = runs
    .filter(({ step }) => step.call !== 'CreateNetworkAclEntry')
    .map(({ step: { rules }, replaced }) => replaced ?? entryOf(before, rules[0]) ?? rules[0]);
  return !rewrite.some(({ step }) => taken.some((old) => mayShareReach(asRule(old), asRule(step.rules[0]), {})));
}

function entryOf(resource: Resource | undefined, { Egress, RuleNumber }: NetworkAclEntry): NetworkAclEntry | undefined {
  if (resource?.kind !== 'network-acl') return undefined;
  return resource.entries.find((entry) => entryKey(entry) === entryKey({ Egress, RuleNumber }));
}

function toEffective(run: EntryRun, before: NetworkAcl, now: readonly NetworkAclEntry[]): EffectiveStep {
  const { step, isUndone, replaced } = run;
  const old = replaced ?? before.entries.find((other) => entryKey(other) === entryKey(step.rules[0]));
  const effective = toStandingNow(step, old, now);
  return isUndone ? { ...effective, effective: 'undone' } : effective;
}

function toStandingNow(
  step: NetworkAclStep,
  old: NetworkAclEntry | undefined,
  now: readonly NetworkAclEntry[],
): EffectiveStep {
  const [entry] = step.rules;
  const key = entryKey(entry);
  const there = now.find((other) => entryKey(other) === key);
  switch (step.call) {
    case 'CreateNetworkAclEntry': {
      const effective = there === undefined ? 'absent' : isSameEntry(there, entry) ? 'as-left' : 'changed';
      return { step, effective, inverse: { call: 'DeleteNetworkAclEntry', rules: [entry] } };
    }
    case 'DeleteNetworkAclEntry': {
      const effective = there === undefined ? 'as-left' : isSameEntry(there, entry) ? 'undone' : 'changed';
      return { step, effective, inverse: { call: 'CreateNetworkAclEntry', rules: [entry] } };
    }
    case 'ReplaceNetworkAclEntry': {
      const inverse: NetworkAclStep = { call: 'ReplaceNetworkAclEntry', rules: [old ?? entry] };
      if (old === undefined || there === undefined) return { step, effective: 'changed', inverse };
      const effective = isSameEntry(there, entry) ? 'as-left' : isSameEntry(there, old) ? 'undone' : 'changed';
      return { step, effective, inverse };
    }
  }
}

/** What we created may be missing only once the entry that it was a remainder of is back. */
function ownChange(effective: readonly EffectiveStep[]): EntriesLeftCause | undefined {
  const isBack = effective.every((one) => CALLS[one.step.call].effect === 'adds' || one.effective === 'undone');
  const changed = effective.find((one) => one.effective === 'changed' || (one.effective === 'absent' && !isBack));
  return changed && { kind: 'changed', ruleNumber: changed.step.rules[0].RuleNumber };
}

interface Change {
  readonly entry: NetworkAclEntry;
  readonly isNew: boolean;
}

/**
 * What somebody did since that an entry which comes back may undo or widen: an ALLOW taken away or narrowed, a DENY
 * taken away, a DENY made.
 */
function changesSince(
  left: readonly NetworkAclEntry[],
  openLater: readonly NetworkAclEntry[],
  now: readonly NetworkAclEntry[],
): readonly Change[] {
  const isIn = (entries: readonly NetworkAclEntry[], entry: NetworkAclEntry): boolean =>
    entries.some((other) => isSameEntry(other, entry));
  const lost = [...left, ...openLater].filter(
    (entry) => !isIn(now, entry) && (entry.RuleAction === 'deny' || !isAllowedBy(now, entry)),
  );
  const made = now.filter((entry) => entry.RuleAction === 'deny' && !isIn(left, entry));
  return [...lost.map((entry) => ({ entry, isNew: false })), ...made.map((entry) => ({ entry, isNew: true }))];
}

function conflict(undo: readonly NetworkAclStep[], changes: readonly Change[]): EntriesLeftCause | undefined {
  const back = undo.filter(({ call }) => CALLS[call].effect !== 'removes').map(({ rules: [entry] }) => asRule(entry));
  const lowest = Math.min(...undo.map(({ rules: [entry] }) => entry.RuleNumber));
  const found = changes.find(
    ({ entry, isNew }) =>
      // A new DENY before all of them holds whatever they say.
      !(isNew && entry.RuleNumber < lowest) && back.some((other) => mayShareReach(asRule(entry), other, {})),
  );
  return found && { kind: found.isNew ? 'made-since' : 'changed-since', entry: renderEntry(found.entry) };
}

/** What we put there may go only where an entry that allows the same stays. */
function loss(now: readonly NetworkAclEntry[], after: readonly NetworkAclEntry[]): EntriesLeftCause | undefined {
  const lost = now.find(
    (entry) =>
      entry.RuleAction === 'allow' && !after.some((other) => isSameEntry(other, entry)) && !isAllowedBy(after, entry),
  );
  return lost && { kind: 'source-changed', ruleNumber: lost.RuleNumber };
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
  if (CALLS[call].effect === 'removes') return others;
  return [...others, entry].sort((a, b) => Number(a.Egress) - Number(b.Egress) || a.RuleNumber - b.RuleNumber);
}

/** A run as far as entries of a network ACL are concerned; none for a step of a group. */
export function toEntryRun({
  runId,
  step,
  isUndone,
  replaced,
}: Pick<EffectiveRun, 'runId' | 'step'> & Partial<Pick<EffectiveRun, 'isUndone' | 'replaced'>>): readonly EntryRun[] {
  if (!isNetworkAclStep(step)) return [];
  // `rem-…/0.1`: the second step of the first plan.
  const plan = runId.split('/')[1]?.split('.')[0];
  return [
    {
      step,
      isUndone: isUndone === true,
      ...(plan === undefined ? {} : { plan }),
      ...(replaced === undefined ? {} : { replaced }),
    },
  ];
}
