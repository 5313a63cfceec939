import { changesMade } from '../ledger/changes-made';
import type { RemediationRecord } from '../ledger/remediation-record';
import { describeChanges } from './describe-changes';
import type { FindingUpdate } from './finding-update';
import { STAYS_OPEN } from '../reasons/undo-reasons';
import { toHoldingUpdate } from './to-holding-update';
import { asSentence, sentences } from './sentences';

/**
 * What the findings that an undo opens again say. Where nothing was touched the finding keeps its status and the
 * id of its closing.
 */
export function toUndoUpdate(record: RemediationRecord): FindingUpdate {
  return toHoldingUpdate(record, workflowOf(record), detailsOf(record));
}

function workflowOf({ outcome, runs }: RemediationRecord): FindingUpdate['workflow'] {
  if (outcome === 'undone' || outcome === 'partly-undone') return 'NEW';
  if (outcome === 'not-verified') return 'NOTIFIED';
  // Something may be open again: such a finding must not stay RESOLVED, nor be closed by itself.
  return runs.length > 0 ? 'NOTIFIED' : undefined;
}

function detailsOf(record: RemediationRecord): string {
  const reason = asSentence(record.reason);
  const closing = record.undoes === undefined ? 'a closing' : `closing ${record.undoes}`;
  switch (record.outcome) {
    case 'undone':
      return sentences(`Portcullis undid ${closing} and read it back.`, changedText(record), STAYS_OPEN);
    case 'partly-undone':
      return sentences(`Portcullis undid ${closing} in part.`, reason, changedText(record), STAYS_OPEN);
    case 'nothing-to-undo':
      return sentences(`Nothing to undo of ${closing}: nothing was changed.`, reason);
    case 'not-needed':
      return sentences(`Portcullis did not undo ${closing}.`, reason);
    case 'asked':
      return sentences(`Portcullis did not undo ${closing} yet.`, reason);
    case 'could-not-tell':
      return sentences(
        `Portcullis could not tell how the undo of ${closing} ended; take it for open.`,
        reason,
        changedText(record),
      );
    case 'not-verified':
      return sentences(`Portcullis does not call ${closing} undone: what was done is not what was planned.`, reason);
    case 'running':
      return `Portcullis is undoing ${closing} now.`;
    case 'closed':
    case 'already-closed':
    case 'excepted':
    case 'exception-ended':
    case 'granted':
    case 'already-open':
    case 'access-ended':
    case 'still-open':
    case 'stopped':
    case 'failed':
    case 'notified':
    case 'isolated':
    case 'already-isolated':
    case 'partly-isolated':
    case 'previewed':
      return sentences(`Portcullis could not undo ${closing}.`, reason, changedText(record));
  }
}

function changedText(record: RemediationRecord): string {
  const { taken, added } = describeChanges(changesMade(record), 'done');
  return sentences(added, taken);
}
