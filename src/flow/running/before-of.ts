import { mayHaveTakenEffect } from '../../core/ledger/may-have-taken-effect';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import type { Resource } from '../../core/resource';

/** Until something may have been changed, what is there now is what an undo would bring back; afterwards both count. */
export function beforeOf(
  { before, runs }: RemediationRecord,
  now: Resource,
): Pick<RemediationRecord, 'before' | 'beforeLatestPlan'> {
  return before === undefined || !runs.some(mayHaveTakenEffect) ? { before: now } : { beforeLatestPlan: now };
}
