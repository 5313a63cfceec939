import type { Call } from '../planning/calls';
import type { StepChange } from '../planning/step-changes';
import { withRuleId, wordChange } from '../planning/word-change';
import { describeSome } from './sentences';

/** What matters most first: a note is truncated at its end. */
const ORDER: readonly Call['done'][] = ['revoked', 'replaced', 'deleted', 'added'];

/** Changes as sentences for a note, each empty where there is nothing to name. */
export interface DescribedChanges {
  /** `Revoked: tcp 22 from 0.0.0.0/0 (sgr-1).`, and what was replaced and deleted. */
  readonly taken: string;
  /** `Added: tcp 443 from 0.0.0.0/0.` */
  readonly added: string;
}

/**
 * @param tense `done`: what was seen; `would`: what a plan would do
 */
export function describeChanges(changes: readonly StepChange[], tense: 'done' | 'would'): DescribedChanges {
  const named = namedChanges(changes);
  const sentenceOf = ({ done, names }: NamedChanges): string =>
    describeSome(tense === 'would' ? `Would be ${done}` : capitalized(done), names);
  const taken = named.filter(({ done }) => done !== 'added').map(sentenceOf);
  return {
    taken: taken.join(' '),
    added: named
      .filter(({ done }) => done === 'added')
      .map(sentenceOf)
      .join(' '),
  };
}

/** Changes of one kind, by name. */
export interface NamedChanges {
  readonly done: Call['done'];
  readonly names: readonly string[];
}

/** Changes by kind, what matters most first; kinds that there are none of are left out. */
export function namedChanges(changes: readonly StepChange[]): readonly NamedChanges[] {
  const worded = changes.map(wordChange);
  return ORDER.map((done) => ({ done, names: worded.filter((each) => each.done === done).map(withRuleId) })).filter(
    ({ names }) => names.length > 0,
  );
}

function capitalized(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
