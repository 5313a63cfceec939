import type { RemediationRecord, RunbookRunRecord } from '../ledger/remediation-record';
import { runsToUndo } from '../ledger/runs-to-undo';
import type { Resource } from '../resource';
import { STAYS_OPEN } from '../updates/sentences';
import { targetKey, type Target } from '../target';
import { beginsInTime, UNDO_BEGINS_WITHIN_MINUTES } from './undo-begins-within';

export type UndoDecision =
  | { readonly kind: 'go'; readonly before: Resource; readonly runs: readonly RunbookRunRecord[] }
  | {
      readonly kind: 'no-go';
      readonly outcome: 'asked' | 'failed' | 'nothing-to-undo';
      readonly reason: string;
    };

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
    return no('failed', `${remediationId} closed ${targetKey(closing.target)}, not ${targetKey(target)}.`);
  }
  if (action !== 'close') {
    const what = action === 'undo' ? `the undo of ${closing.undoes ?? 'a closing'}` : 'a preview';
    return no('failed', `${remediationId} is ${what}, and only closings can be undone.`);
  }
  if (undoneBy !== undefined) return no('nothing-to-undo', `It was undone already, by ${undoneBy}.`);
  const runs = runsToUndo(closing);
  if (runs.length === 0) {
    if (closing.outcome === 'stopped') {
      return no('nothing-to-undo', `It was stopped before it changed anything. ${STAYS_OPEN}`);
    }
    const hint = other === undefined ? '' : ` The last closing that did is ${other}.`;
    return no('nothing-to-undo', `It changed nothing: it ended as ${closing.outcome}.${hint}`);
  }
  if (before === undefined) {
    return no('failed', 'The rules as they were before it are not in the ledger, so they cannot be put back.');
  }
  if (!beginsInTime(askedAt, now)) {
    const when = askedAt === undefined ? '' : ` at ${askedAt.slice(0, 16)}Z`;
    return no(
      'asked',
      `It was asked for${when} and did not begin within ${String(UNDO_BEGINS_WITHIN_MINUTES)} minutes, so that it was not ` +
        'carried out: what was wanted then may not be wanted now. Choose Undo closing again.',
    );
  }
  const ageDays = Math.floor((now.getTime() - Date.parse(closing.startedAt)) / DAY_MILLIS);
  if (ageDays > maxAgeDays && !confirmed) {
    return no(
      'asked',
      `It is ${String(ageDays)} days old, and what was open then may not be wanted today (policy.undo.maxAgeDays is ${String(maxAgeDays)}). ` +
        `To undo it all the same: portcullis undo ${remediationId} --confirm`,
    );
  }
  return { kind: 'go', before, runs };
}

function no(outcome: 'asked' | 'failed' | 'nothing-to-undo', reason: string): UndoDecision {
  return { kind: 'no-go', outcome, reason };
}
