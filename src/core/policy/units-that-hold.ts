import type { PolicyEntry } from './policy-entry';

/**
 * Units whose entries keep something from being closed by itself. Where one of them does not exist any more, nobody is
 * in it: the entry would never match, and what it kept would be left to the entries behind it.
 */
export function unitsThatHold(entries: readonly PolicyEntry[]): readonly string[] {
  const holding = entries.filter(({ do: mode }) => mode !== 'auto');
  return [...new Set(holding.flatMap(({ when }) => when?.organizationalUnits ?? []))];
}
