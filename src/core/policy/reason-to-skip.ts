import type { Finding } from '../findings/finding';
import type { Trigger } from '../ledger/remediation-record';
import type { SkipReason } from '../reasons/skip-reasons';

/**
 * Why a finding, as Security Hub holds it now, needs no work; undefined when it does.
 *
 * Automatic closing takes new, failed findings only: every update of ours makes Security Hub send the finding again, so
 * that one which was NOTIFIED about a failure would come back for ever. A person may ask for more: a RESOLVED finding
 * whose control still fails may hide a port that was opened again. What a person had undone stays as it is until a
 * person says otherwise: closing it again by itself would take the decision back.
 *
 * @param isAnswered a question about it was answered, or was not and its policy closes then: it is NOTIFIED of the
 *   question
 */
export function reasonToSkip(
  finding: Pick<Finding, 'compliance' | 'recordState' | 'workflow' | 'portcullisOutcome'>,
  trigger: Trigger,
  isAnswered = false,
): SkipReason | undefined {
  if (finding.recordState === 'ARCHIVED') return { code: 'finding-archived' };
  if (finding.workflow === 'SUPPRESSED') return { code: 'finding-suppressed' };
  if (finding.compliance === 'PASSED') return { code: 'control-passes' };
  if (trigger === 'custom-action' || isAnswered) return undefined;
  if (finding.workflow !== 'NEW') return { code: 'finding-not-new', workflow: finding.workflow };
  if (isUndone(finding)) return { code: 'closing-was-undone' };
  const { compliance } = finding;
  if (compliance !== 'FAILED') {
    return { code: 'control-not-failed', ...(compliance === undefined ? {} : { status: compliance }) };
  }
  return undefined;
}

/** Whether the last that happened to the finding was that a person had its closing undone, or stopped. */
export function isUndone({ portcullisOutcome }: Pick<Finding, 'portcullisOutcome'>): boolean {
  return portcullisOutcome === 'undone' || portcullisOutcome === 'partly-undone' || portcullisOutcome === 'stopped';
}
