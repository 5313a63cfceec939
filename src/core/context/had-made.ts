import type { RemediationRecord } from '../ledger/remediation-record';

/** What CloudTrail says a call came from that a runbook of Systems Manager made, whoever had it run. */
export const RUNBOOK_CALLER = 'ssm.amazonaws.com';

/**
 * Who had a runbook of ours make a rule or entry that violates now: the ledger knows, where CloudTrail names a session
 * of the runbook's role.
 *
 * @returns in words, with the remediation's id; undefined of one that makes nothing
 */
export function whoHadItMade({ action, decidedBy, remediationId }: RemediationRecord): string | undefined {
  if (action === 'undo' || action === 'grant') return `${decidedBy} (${remediationId})`;
  // What stays of a rule that was narrowed: it was open before.
  return action === 'close' ? `${decidedBy}, which left it open (${remediationId})` : undefined;
}
