import type { ChangedRule } from '../changed-rules';

/** Rules in one cell: `tcp 22 from 0.0.0.0/0 (sgr-0a1b…); …`. */
export function inWords(rules: readonly ChangedRule[]): string {
  return rules.map(({ words, ruleId }) => (ruleId === undefined ? words : `${words} (${ruleId})`)).join('; ');
}
