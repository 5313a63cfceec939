import type { Call } from '../planning/calls';
import type { StepChange } from '../planning/step-changes';
import { withRuleId, wordChange } from '../planning/word-change';
import { describeSome } from './sentences';

/** What matters most first: a note is cut short at its end. */
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
  const worded = changes.map(wordChange);
  const sentenceOf = (done: Call['done']): string => {
    const items = worded.filter((change) => change.done === done).map(withRuleId);
    return describeSome(tense === 'would' ? `Would be ${done}` : capitalized(done), items);
  };
  const taken = ORDER.filter((done) => done !== 'added').map(sentenceOf);
  return { taken: taken.filter((text) => text !== '').join(' '), added: sentenceOf('added') };
}

function capitalized(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
