import type { CertificateParts, CertifiedEntry, CertifiedRule } from '../certificate';
import { effectOf, takesAway } from '../evaluation/certified-calls';
import { describeGone, findGone, type Gone } from '../evaluation/find-gone';
import type { ReadState } from '../evaluation/read-state';
import { placeOf, wordsOf } from '../evaluation/words-of';
import type { Evidence } from './evidence';

/** What no run explains, each in words. */
export interface Unexplained {
  readonly added: readonly string[];
  readonly gone: readonly string[];
}

/**
 * What the states show that no run was to do, rule by rule, also where nothing more gets through by it, and what was
 * there under way and is not there any more. Whoever did it: a runbook that did something else, or somebody else.
 */
export function findUnexplained({ before, beforeLatestPlan, after }: Evidence, parts: CertificateParts): Unexplained {
  const states = [before, beforeLatestPlan, after].filter((state) => state !== undefined);
  const [first, ...later] = states;
  if (first === undefined || parts.runs.length === 0) return { added: [], gone: [] };
  const { made, taken } = changesOf(parts);
  const known = new Set([...namesOf(first).keys(), ...made.keys()]);
  const now = namesOf(states.at(-1) ?? first);
  const found = new Map([...taken, ...later.flatMap((state) => [...namesOf(state)])]);
  const added = [...found].filter(([name, label]) => label !== '' && !known.has(name));
  const isTaken = ({ name, entry }: Gone): boolean =>
    taken.has(name) || (entry !== undefined && taken.has(placeOf(entry)));
  const gone = later.flatMap((state, index) => findGone(states[index] ?? first, state));
  return {
    added: added.map(([name, label]) => (now.has(name) ? label : `${label} (gone again)`)),
    gone: [...new Set(gone.filter((one) => !isTaken(one)).map(describeGone))],
  };
}

/** What the runs were to put there and to take away, by its words; of entries that go the place counts too. */
function changesOf({ runs }: CertificateParts): Record<'made' | 'taken', ReadonlyMap<string, string>> {
  const made = new Map<string, string>();
  const taken = new Map<string, string>();
  for (const { step } of runs) {
    const effect = effectOf(step);
    for (const rule of step.rules) {
      if (effect === 'adds' || effect === 'replaces') made.set(wordsOf(rule), labelOf(rule));
      if (!takesAway(step)) continue;
      if ('RuleNumber' in rule) taken.set(placeOf(rule), '');
      else taken.set(wordsOf(rule), labelOf(rule));
    }
  }
  return { made, taken };
}

function namesOf(state: ReadState): ReadonlyMap<string, string> {
  const all =
    state.kind === 'network-acl' ? state.filters.map(({ entry }) => entry) : state.permits.map(({ rule }) => rule);
  return new Map(all.map((rule) => [wordsOf(rule), labelOf(rule)]));
}

function labelOf(rule: CertifiedRule | CertifiedEntry): string {
  const id = 'RuleNumber' in rule ? undefined : rule.SecurityGroupRuleId;
  return id === undefined ? wordsOf(rule) : `${wordsOf(rule)} (${id})`;
}
