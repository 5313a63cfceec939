import type { RemediationRecord, RunbookRunRecord } from '../ledger/remediation-record';
import { runsToUndo } from '../ledger/runs-to-undo';
import type { Resource } from '../resource';
import { because, type Because } from '../reasons/because';
import type { UndoReason } from '../reasons/undo-reasons';
import { targetKey, type Target } from '../target';
import { beginsInTime, UNDO_BEGINS_WITHIN_MINUTES } from './undo-begins-within';

export type UndoDecision =
  | { readonly kind: 'go'; readonly before: Resource; readonly runs: readonly RunbookRunRecord[] }
  | ({ readonly kind: 'no-go'; readonly outcome: 'asked' | 'failed' | 'nothing-to-undo' } & Because);

export interface UndoFacts {
  readonly closing: RemediationRecord;
  /** The last closing that did change something, should this one have changed nothing. */
  readonly other?: string;
  /** The target that the undo was asked for: what a finding says of its remediation is not believed. */
  readonly target: Target;
  /** When the request was written down, where that is known. */
  readonly askedAt?: string;
  readonly now: Date;
  readonly maxAgeDays: number;
  /** Whoever asks knows that it is old. */
  readonly confirmed: boolean;
}

const DAY_MILLIS = 24 * 60 * 60 * 1000;

/** Whether a closing may be undone at all; what of it is then up to the rules as they are. */
export function decideUndo(facts: UndoFacts): UndoDecision {
  const { closing, other, target, askedAt, now, maxAgeDays, confirmed } = facts;
  const { remediationId, action, undoneBy, beforeLatestPlan: before = closing.before } = closing;
  if (targetKey(closing.target) !== targetKey(target)) {
    const [of, wanted] = [targetKey(closing.target), targetKey(target)];
    return no('failed', { code: 'undo-of-another-target', closing: remediationId, of, target: wanted });
  }
  if (action !== 'close') {
    const undoes = action === 'undo' ? { undoes: closing.undoes ?? 'a closing' } : {};
    return no('failed', { code: 'not-a-closing', remediation: remediationId, ...undoes });
  }
  if (undoneBy !== undefined) return no('nothing-to-undo', { code: 'undone-already', undoneBy });
  const runs = runsToUndo(closing);
  if (runs.length === 0) {
    const { outcome } = closing;
    if (outcome === 'stopped') return no('nothing-to-undo', { code: 'stopped-before-changes' });
    const hint = other === undefined ? {} : { other };
    return no('nothing-to-undo', { code: 'changed-nothing', outcome, ...hint });
  }
  if (before === undefined) return no('failed', { code: 'before-state-missing' });
  if (!beginsInTime(askedAt, now)) {
    const when = askedAt === undefined ? {} : { askedAt };
    return no('asked', { code: 'undo-began-late', ...when, minutes: UNDO_BEGINS_WITHIN_MINUTES });
  }
  const days = Math.floor((now.getTime() - Date.parse(closing.startedAt)) / DAY_MILLIS);
  if (days > maxAgeDays && !confirmed) {
    return no('asked', { code: 'undo-needs-confirmation', closing: remediationId, days, maxAgeDays });
  }
  return { kind: 'go', before, runs };
}

function no(outcome: 'asked' | 'failed' | 'nothing-to-undo', reason: UndoReason): UndoDecision {
  return { kind: 'no-go', outcome, ...because(reason) };
}
