import type { RemediatedFinding } from '../../core/ledger/remediation-record';
import { findingIdentity } from '../intake/route-finding';
import { NOTE_AUTHOR, type Durable, type Ledger, type Log } from '../ports';
import type { FieldsOf } from '../updating/update-findings';
import { addToRecord, type Progress } from './progress';

interface KeepNotesPorts {
  readonly durable: Durable;
  readonly ledger: Ledger;
  readonly log: Log;
}

/**
 * Keeps what somebody has written since the findings were read first, before a note of ours replaces it: the last one
 * as well as one that says how far a closing is.
 */
export async function keepNotes(
  progress: Progress,
  current: readonly FieldsOf[],
  { durable, ledger, log }: KeepNotesPorts,
): Promise<void> {
  const { remediationId, findings: kept } = progress.record;
  const notes = new Map(current.map((each) => [findingIdentity(each), each.note]));
  const findings = kept.map((finding): RemediatedFinding => {
    const note = notes.get(findingIdentity(finding));
    const isNew = note !== undefined && note.updatedBy !== NOTE_AUTHOR && note.text !== finding.previousNote?.text;
    return isNew ? { ...finding, previousNote: note } : finding;
  });
  if (findings.every((finding, index) => finding === kept[index])) return;
  addToRecord(progress, { findings });
  const stored = await durable.step('store notes of others', () => ledger.saveRemediation(progress.record));
  if (!stored.ok) log.error('A note that is replaced is not kept', { remediationId, cause: stored.error.cause });
}
