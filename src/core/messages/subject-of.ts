import { targetKey } from '../target';
import type { Notice } from './notice';
import { DIGEST_KIND, TEST_KIND } from './notice-kinds';

/** All digests, so that the ledger remembers of the channel until when the last of them was. */
export const DIGEST_SUBJECT = 'digest';

/**
 * What a notice is about, as keys of receivers and of the ledger name it. What has no target is in order with itself
 * alone.
 */
export function subjectOf({ kind, id, target }: Notice): string {
  if (kind === TEST_KIND) return `test/${id}`;
  if (kind === DIGEST_KIND) return DIGEST_SUBJECT;
  if (target !== undefined) return targetKey(target);
  return kind === 'Brake Engaged' || kind === 'Brake Released' ? 'brake' : `event/${id}`;
}
