import type { Finding } from '../../core/findings/finding';
import { failure, success } from '../../core/result';
import type { FindingUpdate } from '../../core/updates/finding-update';
import { mergeUserDefinedFields } from '../../core/updates/merge-user-defined-fields';
import type { Hub, Log, PortResult } from '../ports';
import { logReplacedNote } from './log-replaced-note';

/**
 * Writes an update on one finding as it was just read: its fields stay beside ours, and a note of somebody else that is
 * replaced is logged. What Security Hub does not process is a failure, which says whether trying again can help.
 */
export async function updateOneFinding(
  finding: Finding,
  { workflow, note, userDefinedFields: ours }: FindingUpdate,
  { hub, log }: { readonly hub: Pick<Hub, 'updateFindings'>; readonly log: Log },
): PortResult<void> {
  const userDefinedFields =
    ours === undefined ? undefined : mergeUserDefinedFields(finding.userDefinedFields, ours).fields;
  logReplacedNote(finding, log);
  const updated = await hub.updateFindings([finding], { workflow, note, userDefinedFields });
  if (!updated.ok) return updated;
  const [unprocessed] = updated.value;
  if (unprocessed === undefined) return success(undefined);
  const { reason, retryable } = unprocessed;
  const cause = `Finding ${finding.id} was not updated: ${reason}`;
  return failure({ code: retryable ? 'unavailable' : 'invalid', retryable, cause });
}
