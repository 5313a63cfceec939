import type { Tag } from '../network/security-group-rule';
import { nameEntry, type PolicyConditions, type PolicyEntry, type PolicyMode, type PolicyTag } from './policy-entry';

/** What entries look at. Undefined is what is not known, and never widens what is done automatically. */
export interface PolicyFacts {
  readonly control: string | undefined;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly severity: string | undefined;
  readonly tags: readonly Tag[] | undefined;
}

export interface PolicyDecision {
  readonly mode: PolicyMode;
  /** The entry that decided, in words: `policy entry "production asks"`; `no policy entry` where none matched. */
  readonly entry: string;
  /** Its place from 0; undefined where none matched. */
  readonly index?: number;
  /** A sentence. */
  readonly reason: string;
}

/** A match for what is not known: it may be one, or none. */
type Match = 'yes' | 'no' | 'unknown';

/**
 * The first entry that matches decides; where none does, people are told. An entry that asks for a fact which is not known
 * may be the one that matches: nothing behind it is looked at, and a person is asked, whatever it would do.
 */
export function decideByPolicy(facts: PolicyFacts, entries: readonly PolicyEntry[]): PolicyDecision {
  for (const [index, entry] of entries.entries()) {
    const unknown: string[] = [];
    const match = matchOf(entry.when ?? {}, facts, unknown);
    if (match === 'no') continue;
    const name = nameEntry(entry, index);
    if (match === 'unknown') {
      const reason = `${capitalized(name)} asks for what is not known (${unknown.join(', ')}), so that a person decides.`;
      return { mode: 'ask', entry: name, index, reason };
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

/** One condition that is not met suffices for a no, whatever else is not known. */
function matchOf(when: PolicyConditions, facts: PolicyFacts, unknown: string[]): Match {
  const { controls, accounts, regions, severities, tags } = when;
  const isOneOf = (values: readonly string[] | undefined, fact: string | undefined, what: string): Match => {
    if (values === undefined) return 'yes';
    if (fact !== undefined) return values.includes(fact) ? 'yes' : 'no';
    unknown.push(what);
    return 'unknown';
  };
  const hasOneOf = (wanted: readonly PolicyTag[] | undefined): Match => {
    if (wanted === undefined) return 'yes';
    if (facts.tags !== undefined) return hasTag(facts.tags, wanted) ? 'yes' : 'no';
    unknown.push('the tags of the target');
    return 'unknown';
  };
  const matches = [
    isOneOf(controls, facts.control, 'the control'),
    isOneOf(accounts, facts.account, 'the account'),
    isOneOf(regions, facts.region, 'the Region'),
    isOneOf(severities, facts.severity, 'the severity'),
    hasOneOf(tags),
  ];
  if (matches.includes('no')) return 'no';
  return matches.includes('unknown') ? 'unknown' : 'yes';
}

function hasTag(tags: readonly Tag[], wanted: readonly PolicyTag[]): boolean {
  return wanted.some(({ key, value }) => tags.some((tag) => tag.Key === key && (value ?? tag.Value) === tag.Value));
}
