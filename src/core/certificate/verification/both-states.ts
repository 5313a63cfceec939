import type { CertificateParts } from '../certificate';
import type { ReadState } from '../evaluation/read-state';
import type { Evidence } from './evidence';
import { couldNotTell, holds, type Check, type Statement } from './statement';

export interface BothStates {
  readonly before: ReadState;
  readonly after: ReadState;
}

/**
 * The states that a check compares; where one is missing, what is to be said instead: nothing was changed if nothing
 * ran, and nobody can say otherwise.
 */
export function findBothStates(
  check: Check,
  { before, after }: Evidence,
  { runs }: CertificateParts,
): BothStates | { readonly missing: Statement } {
  if (before !== undefined && after !== undefined) return { before, after };
  if (runs.length === 0) return { missing: holds(check, { code: 'nothing-ran' }) };
  const part = before === undefined ? 'before' : 'after';
  return { missing: couldNotTell(check, { code: 'state-missing', part }, part) };
}
