import type { RemediationRecord } from '../ledger/remediation-record';
import { composeNote } from './compose-note';
import type { FindingUpdate } from './finding-update';
import { toClosingUpdate } from './to-closing-update';
import { toAcceptUpdate, toExceptionEndedUpdate } from './to-exception-update';
import { toIsolationUpdate, toRestoringUpdate } from './to-isolation-update';
import { isIsolable } from '../target';
import { toUndoUpdate } from './to-undo-update';

/**
 * What the findings of a remediation are updated with, the same for all of them. Only what was read back as closed is
 * RESOLVED.
 */
export function toFindingUpdate(record: RemediationRecord): FindingUpdate {
  switch (record.action) {
    case 'close':
      return toClosingUpdate(record);
    case 'undo':
      return isIsolable(record.target) ? toRestoringUpdate(record) : toUndoUpdate(record);
    case 'isolate':
      return toIsolationUpdate(record);
    case 'accept':
      return toAcceptUpdate(record);
    case 'end-exception':
      return toExceptionEndedUpdate(record, 'by-hand');
    // It names no findings: who asked reads the record.
    case 'context':
    case 'grant':
    case 'end-grant':
    case 'preview':
      return toPreviewUpdate(record);
  }
}

/** A preview changes nothing, not even the finding's status: the id of the last remediation stays for an undo. */
function toPreviewUpdate({ reason = '', decidedBy, remediationId }: RemediationRecord): FindingUpdate {
  return {
    workflow: undefined,
    note: composeNote(
      `Preview by Portcullis, nothing was changed. ${reason}`,
      `Asked by: ${decidedBy}. ${remediationId}.`,
    ),
    userDefinedFields: undefined,
  };
}
