import { isEntry, renderEntry } from '../network/network-acl-entry';
import { renderRule } from '../network/rule-source';
import type { StepChange } from '../planning/step-changes';

/** What changes take from a target and what they put there, each rule or entry in words. */
export interface Changes {
  readonly taken: readonly string[];
  readonly added: readonly string[];
}

export function describeChanges(changes: readonly StepChange[]): Changes {
  return {
    taken: changes.filter(({ effect }) => effect !== 'adds').map(takenBy),
    added: changes.filter(({ effect }) => effect !== 'removes').map(({ rule }) => inWords(rule)),
  };
}

function takenBy({ effect, rule, replaced }: StepChange): string {
  if (effect !== 'replaces') return inWords(rule);
  if (replaced !== undefined) return inWords(replaced);
  // Not known any more: at least which one it was.
  return isEntry(rule) ? `entry ${String(rule.RuleNumber)}` : inWords(rule);
}

function inWords(rule: StepChange['rule']): string {
  return isEntry(rule) ? renderEntry(rule) : renderRule(rule);
}

const SHOWN = 4;

/** `Revoked: tcp 22 from 0.0.0.0/0, …`: a sentence, empty when there is nothing to name. */
export function describeSome(verb: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  const rest = items.length > SHOWN ? ` and ${String(items.length - SHOWN)} more` : '';
  return `${verb}: ${items.slice(0, SHOWN).join(', ')}${rest}.`;
}
