import { because, type Because } from '../reasons/because';
import { decideByPolicy } from './decide-by-policy';
import { guardsOn, type Guard } from './guards-on';
import type { PolicyFacts } from './match-conditions';
import type { PolicyEntry, PolicyGuards, PolicyMode } from './policy-entry';

/** What becomes of one finding, and what decided so. */
export interface FindingDecision extends Because {
  readonly mode: PolicyMode;
  /** The entry or the guards; missing where neither had a say. */
  readonly entry?: string;
  /** Place of the entry from 0. */
  readonly index?: number;
  /** What the entry asks for and nobody knows. */
  readonly missing?: readonly string[];
}

export interface Deciding {
  /** Without any, what was requested is closed: nothing else is requested. */
  readonly decisions: readonly PolicyEntry[];
  /** Missing: nothing is guarded. */
  readonly guards?: PolicyGuards | undefined;
}

export interface Chosen {
  /** A person chose the finding, which is a decision of their own: no entry is asked, and guards are. */
  readonly isChosen: boolean;
  /** Guards that asked before they chose it again, by name. */
  readonly overridden: ReadonlySet<string>;
}

const NOBODY: Chosen = { isChosen: false, overridden: new Set() };

/**
 * Guards come before entries, but for what an entry ignores: nobody wants that closed, and nobody is asked about it. A
 * guard that may hold, for all that is known, keeps what would be closed by itself from it; it keeps no person from
 * closing.
 */
export function decideFinding(
  facts: PolicyFacts,
  { decisions, guards }: Deciding,
  { isChosen, overridden }: Chosen = NOBODY,
): FindingDecision {
  const byEntry: FindingDecision =
    isChosen || decisions.length === 0 ? { mode: 'auto', ...because() } : decideByPolicy(facts, decisions);
  if (byEntry.mode === 'ignore' || guards === undefined) return byEntry;
  const isByItself = byEntry.mode === 'auto' && !isChosen;
  const holding = guardsOn(facts, guards).filter(({ isPossible }) => isPossible !== true || isByItself);
  if (holding.length === 0 || (isChosen && holding.every(({ name }) => overridden.has(name)))) return byEntry;
  return byGuards(holding);
}

function byGuards(holding: readonly Guard[]): FindingDecision {
  const entry = holding.map(({ name }) => name).join(', ');
  const why = because(...holding.map(({ reason }) => reason), { code: 'closed-when-chosen-again' });
  return { mode: 'ask', entry, ...why };
}

/** The names of guards that a record of a decision names; none where an entry had a say. */
export function guardsIn(entry: string): readonly string[] {
  const names = entry.split(', ');
  return names.every((name) => name.startsWith('guard ')) ? names : [];
}

/** Whether anything read of the target could change what is decided about a finding. */
export function isDecidedByTarget(
  facts: Omit<PolicyFacts, 'tags' | 'context'>,
  { decisions, guards }: Deciding,
  isChosen: boolean,
): boolean {
  const unread: PolicyFacts = { ...facts, tags: undefined, context: undefined };
  const byEntry = isChosen || decisions.length === 0 ? undefined : decideByPolicy(unread, decisions);
  if (byEntry?.missing !== undefined) return true;
  if (byEntry?.mode === 'ignore') return false;
  return guards !== undefined && guardsOn(unread, guards).length > 0;
}
