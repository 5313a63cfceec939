import type { RemediationAction, RemediationRecord } from './remediation-record';

/** What may be certified: what changes rules. */
export type CertifiedAction = 'close' | 'undo' | 'grant' | 'end-grant';

/** Whether an action changes rules. */
export function isCertified(action: RemediationAction): action is CertifiedAction {
  return action === 'close' || action === 'undo' || action === 'grant' || action === 'end-grant';
}

/** Whether a remediation is certified: a preview did nothing, and an undo for which there is no closing neither. */
export function hasCertificate(
  record: RemediationRecord,
): record is RemediationRecord & { readonly action: CertifiedAction } {
  const { action, undoes, grant } = record;
  if (action === 'grant' || action === 'end-grant') return grant !== undefined;
  return action === 'close' || (action === 'undo' && undoes !== undefined);
}
