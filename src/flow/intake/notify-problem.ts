import { failure, success } from '../../core/result';
import { mergeUserDefinedFields } from '../../core/updates/merge-user-defined-fields';
import type { Hub, Log, PortResult } from '../ports';
import { logReplacedNote } from '../updating/log-replaced-note';
import type { Route } from './route-finding';

/** Writes on a finding that somebody chose why nothing is done about it. */
export async function notifyProblem(
  { finding, update }: Extract<Route, { readonly kind: 'tell' }>,
  { hub, log }: { readonly hub: Hub; readonly log: Log },
): PortResult<void> {
  const { workflow, note, userDefinedFields: ours } = update;
  const userDefinedFields =
    ours === undefined ? undefined : mergeUserDefinedFields(finding.userDefinedFields, ours).fields;
  logReplacedNote(finding, log);
  const updated = await hub.updateFindings([finding], { workflow, note, userDefinedFields });
  if (!updated.ok) return updated;
  const [unprocessed] = updated.value;
  if (unprocessed) {
    const { reason: cause, retryable } = unprocessed;
    return failure({
      code: retryable ? 'unavailable' : 'invalid',
      retryable,
      cause: `Finding ${finding.id} was not updated: ${cause}`,
    });
  }
  log.info('Nothing can be done about the finding', { findingId: finding.id, reason: note });
  return success(undefined);
}
