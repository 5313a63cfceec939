import { failure, success } from '../../core/result';
import { mergeUserDefinedFields } from '../../core/updates/merge-user-defined-fields';
import { NOTE_AUTHOR, type Hub, type Log, type Outcome } from '../ports';
import type { Route } from './route-finding';

/** Writes on a finding that somebody chose why nothing is done about it. */
export async function tellProblem(
  { finding, update }: Extract<Route, { readonly kind: 'tell' }>,
  { hub, log }: { readonly hub: Hub; readonly log: Log },
): Outcome<void> {
  const { workflow, note, userDefinedFields: ours } = update;
  const userDefinedFields =
    ours === undefined ? undefined : mergeUserDefinedFields(finding.userDefinedFields, ours).fields;
  // No record of the ledger is about this finding: the log keeps what somebody else has written there.
  const { note: replaced } = finding;
  if (replaced !== undefined && replaced.updatedBy !== NOTE_AUTHOR) {
    log.info('A note of somebody else is replaced', {
      findingId: finding.id,
      by: replaced.updatedBy,
      replaced: replaced.text,
    });
  }
  const updated = await hub.updateFindings([finding], { workflow, note, userDefinedFields });
  if (!updated.ok) return updated;
  const [unprocessed] = updated.value;
  if (unprocessed) {
    const { reason: cause, retryable } = unprocessed;
    return failure({ code: 'unknown', retryable, cause: `Finding ${finding.id} was not updated: ${cause}` });
  }
  log.info('Nothing can be done about the finding', { findingId: finding.id, reason: note });
  return success(undefined);
}
