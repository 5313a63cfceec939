import { matchConditions, type PolicyFacts } from './match-conditions';
import { because, type Because } from '../reasons/because';
import { nameEntry, type PolicyEntry, type PolicyMode } from './policy-entry';

export interface PolicyDecision extends Because {
  readonly mode: PolicyMode;
  /** The entry that decided, in words: `policy entry "production asks"`; `no policy entry` where none matched. */
  readonly entry: string;
  /** Its place from 0; undefined where none matched. */
  readonly index?: number;
  /**
   * What it would have taken to know; missing where all that decided is known, and then nothing learned later changes
   * it.
   */
  readonly missing?: readonly string[];
}

/**
 * The first entry that matches decides; where none does, people are notified. An entry that asks for a fact which is
 * not known may be the one that matches: nothing behind it is read, and a person is asked, whatever it would do.
 */
export function decideByPolicy(facts: PolicyFacts, entries: readonly PolicyEntry[]): PolicyDecision {
  for (const [index, entry] of entries.entries()) {
    const { match, missing } = matchConditions(entry.when ?? {}, facts, entry.do);
    if (match === 'no') continue;
    const name = nameEntry(entry, index);
    if (match === 'unknown') {
      return {
        mode: 'ask',
        entry: name,
        index,
        ...because({ code: 'entry-needs-unknown', entry: name, missing }),
        missing,
      };
    }
    const why = because({ code: 'entry-decides', entry: name, mode: entry.do });
    return { mode: entry.do, entry: name, index, ...why };
  }
  return { mode: 'notify', entry: 'no policy entry', ...because({ code: 'no-entry-matches' }) };
}
