import { targetKey, type Target } from '../../core/target';
import type { DueMessage } from '../ports';

export const WATCH = 'watch';

/** What has a target re-checked that was closed. */
export function toWatchMessage(target: Target): DueMessage {
  return { kind: 'due', what: WATCH, id: targetKey(target) };
}
