import { targetKey } from '../target';
import type { Notice } from './notice';
import { TEST_KIND } from './notice-kinds';

/**
 * What a notice is about, as keys of receivers and of the ledger name it. What has no target is in order with itself
 * alone.
 */
export function subjectOf({ kind, id, target }: Notice): string {
  if (kind === TEST_KIND) return `test/${id}`;
  if (target !== undefined) return targetKey(target);
  return kind === 'Brake Engaged' || kind === 'Brake Released' ? 'brake' : `event/${id}`;
}
