import { failure, success } from '../core/result';
import { toProblemUpdate } from '../core/updates/to-finding-update';
import type { Hub, Log, Outcome } from './ports';
import type { Route } from './route-finding';

/** Writes on a finding that somebody chose why it cannot be closed. */
export async function tellProblem(
  { finding, problem }: Extract<Route, { readonly kind: 'tell' }>,
  { hub, log }: { readonly hub: Hub; readonly log: Log },
): Outcome<void> {
  const updated = await hub.updateFindings([finding], toProblemUpdate(problem));
  if (!updated.ok) return updated;
  const [unprocessed] = updated.value;
  if (unprocessed) {
    const { reason: cause, retryable } = unprocessed;
    return failure({ code: 'unknown', retryable, cause: `Finding ${finding.id} was not updated: ${cause}` });
  }
  log.info('Finding cannot be closed', { findingId: finding.id, reason: problem });
  return success(undefined);
}
