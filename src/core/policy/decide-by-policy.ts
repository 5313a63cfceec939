import { matchConditions, type PolicyFacts } from './match-conditions';
import { nameEntry, type PolicyEntry, type PolicyMode } from './policy-entry';

export interface PolicyDecision {
  readonly mode: PolicyMode;
  /** The entry that decided, in words: `policy entry "production asks"`; `no policy entry` where none matched. */
  readonly entry: string;
  /** Its place from 0; undefined where none matched. */
  readonly index?: number;
  /** A sentence. */
  readonly reason: string;
  /**
   * What it would have taken to know; missing where all that decided is known, and then nothing learned later changes
   * it.
   */
  readonly missing?: readonly string[];
}

/**
 * The first entry that matches decides; where none does, people are told. An entry that asks for a fact which is not
 * known may be the one that matches: nothing behind it is looked at, and a person is asked, whatever it would do.
 */
export function decideByPolicy(facts: PolicyFacts, entries: readonly PolicyEntry[]): PolicyDecision {
  for (const [index, entry] of entries.entries()) {
    const { match, missing } = matchConditions(entry.when ?? {}, facts, entry.do);
    if (match === 'no') continue;
    const name = nameEntry(entry, index);
    if (match === 'unknown') {
      const reason = `${capitalized(name)} asks for what is not known (${missing.join('; ')}), so that a person decides.`;
      return { mode: 'ask', entry: name, index, reason, missing };
    }
    return { mode: entry.do, entry: name, index, reason: `${capitalized(name)} ${WORDS[entry.do]}.` };
  }
  return { mode: 'notify', entry: 'no policy entry', reason: 'No policy entry matches, so that it is left as it is.' };
}

const WORDS: Readonly<Record<PolicyMode, string>> = {
  auto: 'has it closed automatically',
  ask: 'leaves it to a person',
  notify: 'has people notified and leaves it as it is',
  ignore: 'has it ignored',
};

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
