import type { RemediationRecord } from './remediation-record';

/** Whether a remediation is certified: a preview did nothing, and an undo for which there is no closing neither. */
export function hasCertificate(
  record: RemediationRecord,
): record is RemediationRecord & { readonly action: 'close' | 'undo' } {
  const { action, undoes } = record;
  return action === 'close' || (action === 'undo' && undoes !== undefined);
}
