import { success } from '../../core/result';
import type { Hub, Log, PortResult } from '../ports';
import { updateOneFinding } from '../updating/update-one-finding';
import type { Route } from './route-finding';

/** Writes on a finding that somebody chose why nothing is done about it. */
export async function notifyProblem(
  { finding, update }: Extract<Route, { readonly kind: 'update' }>,
  ports: { readonly hub: Hub; readonly log: Log },
): PortResult<void> {
  const updated = await updateOneFinding(finding, update, ports);
  if (!updated.ok) return updated;
  ports.log.info('Nothing can be done about the finding', { findingId: finding.id, reason: update.note });
  return success(undefined);
}
