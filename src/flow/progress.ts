import type { RemediationRecord } from '../core/ledger/remediation-record';

/**
 * The record of the remediation under way. It is held here, not handed back, so that what was done so far is known
 * when something unexpected ends the remediation in the middle.
 */
export interface Progress {
  record: RemediationRecord;
}
