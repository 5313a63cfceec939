import type { Finding } from '../findings/finding';
import type { Trigger } from '../ledger/remediation-record';

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
): string | undefined {
  if (finding.recordState === 'ARCHIVED') return 'the finding is archived';
  if (finding.workflow === 'SUPPRESSED') return 'the finding is suppressed';
  if (finding.compliance === 'PASSED') return 'the control passes';
  if (trigger === 'custom-action' || isAnswered) return undefined;
  if (finding.workflow !== 'NEW')
    return `the finding is ${finding.workflow}, and only NEW ones are closed automatically`;
  if (isUndone(finding)) {
    return 'a closing of the finding was undone, and only a person closes it again';
  }
  if (finding.compliance !== 'FAILED') {
    return `the control's status is ${finding.compliance ?? 'missing'}, and only FAILED ones are closed automatically`;
  }
  return undefined;
}

/** Whether the last that happened to the finding was that a person had its closing undone, or stopped. */
export function isUndone({ portcullisOutcome }: Pick<Finding, 'portcullisOutcome'>): boolean {
  return portcullisOutcome === 'undone' || portcullisOutcome === 'partly-undone' || portcullisOutcome === 'stopped';
}
