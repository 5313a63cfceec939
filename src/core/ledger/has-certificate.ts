import { isIsolable } from '../target';
import type { RemediationAction, RemediationRecord } from './remediation-record';

const CERTIFIED = ['close', 'undo', 'grant', 'end-grant', 'isolate'] as const;

/** What may be certified: what changes rules, or groups. */
export type CertifiedAction = (typeof CERTIFIED)[number];

/** Whether an action changes rules, or groups. */
export function isCertified(action: RemediationAction): action is CertifiedAction {
  return CERTIFIED.some((certified) => certified === action);
}

/** Whether a remediation is certified: a preview did nothing, and an undo for which there is no closing neither. */
export function hasCertificate(
  record: RemediationRecord,
): record is RemediationRecord & { readonly action: CertifiedAction } {
  const { action, undoes, grant, isolation } = record;
  if (action === 'isolate' || isIsolable(record.target)) return isolation !== undefined;
  if (action === 'grant' || action === 'end-grant') return grant !== undefined;
  return action === 'close' || (action === 'undo' && undoes !== undefined);
}
