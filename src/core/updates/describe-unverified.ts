import type { Judgement } from '../certificate/verification/verify-before-sealing';
import { describeSome } from './describe-changes';
import { asSentence, sentences } from './sentences';

/** What was done beyond the plan, rule by rule; where no rule shows it, what the verification says. */
export function describeUnverified({ added, gone, broken }: Judgement): string {
  const rules = sentences(describeSome('There, and in no plan', added), describeSome('Gone, and in no plan', gone));
  return rules === '' ? broken.map(asSentence).join(' ') : rules;
}
