import type { RemediationRecord } from '../ledger/remediation-record';
import { composeNote } from './compose-note';
import { describeRelease } from './describe-hold';
import type { FindingUpdate } from './finding-update';

/**
 * An update whose fields name the remediation that holds the target from now on, which is what an undo needs: only
 * where the workflow status says that something was done.
 *
 * @param details what the note begins with
 */
export function toHoldingUpdate(
  { outcome, remediationId, decidedBy, target }: RemediationRecord,
  workflow: FindingUpdate['workflow'],
  details: string,
): FindingUpdate {
  const release = outcome === 'not-verified' ? `${describeRelease(target.account)} ` : '';
  return {
    workflow,
    note: composeNote(details, `${release}Decided by: ${decidedBy}. Remediation ${remediationId}.`),
    userDefinedFields:
      workflow === undefined
        ? undefined
        : {
            PortcullisOutcome: outcome,
            PortcullisRemediationId: remediationId,
            PortcullisDecidedBy: decidedBy,
          },
  };
}
