import { isEntry, renderEntry, renderEntryReach } from '../network/network-acl-entry';
import { renderRule } from '../network/rule-source';
import { CALLS, type Call } from './calls';
import type { StepChange } from './step-changes';

/** A change in the words that notes, previews, plans, `show` and reports share. */
export interface WordedChange {
  /** `add`, of a plan. */
  readonly verb: Call['verb'];
  /** `added`, of what was seen. */
  readonly done: Call['done'];
  /** `tcp 22 from 0.0.0.0/0`, `entry 100 every protocol from 0.0.0.0/0 by protocol 47 from 0.0.0.0/0`. */
  readonly words: string;
  /** The id of a rule that has one. */
  readonly ruleId: string | undefined;
}

/** The one place where a change is put into words. */
export function wordChange({ call, effect, rule, replaced }: StepChange): WordedChange {
  const { verb, done } = CALLS[call];
  if (!isEntry(rule)) {
    const { SecurityGroupRuleId: ruleId, ...withoutId } = rule;
    return { verb, done, words: renderRule(withoutId), ruleId };
  }
  // What stood there may not be known any more: the number says at least which one it was.
  const old = replaced === undefined ? `entry ${String(rule.RuleNumber)}` : renderEntry(replaced);
  const words = effect === 'replaces' ? `${old} by ${renderEntryReach(rule)}` : renderEntry(rule);
  return { verb, done, words, ruleId: undefined };
}

/**
 * A worded change with the rule's id behind it, as people need it to find the rule: `tcp 22 from 0.0.0.0/0 (sgr-1)`.
 */
export function withRuleId({ words, ruleId }: Pick<WordedChange, 'words' | 'ruleId'>): string {
  return ruleId === undefined ? words : `${words} (${ruleId})`;
}
