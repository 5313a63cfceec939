import type { RemediationRecord, RunbookRunRecord } from './remediation-record';

/**
 * What a closing ran. A record that was never finished, because its execution was lost in the middle, was stored before
 * its plan ran: every step of the plan may have run, and the rules must show it.
 */
export function runsToUndo({
  remediationId,
  runs,
  plan,
  startedAt,
  finishedAt,
}: RemediationRecord): readonly RunbookRunRecord[] {
  if (finishedAt !== undefined) return runs;
  const planned = (plan?.steps ?? []).map((step) => ({
    runId: remediationId,
    step,
    startedAt,
    end: 'unknown' as const,
  }));
  return [...runs, ...planned];
}
