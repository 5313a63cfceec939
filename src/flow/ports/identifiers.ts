import type { FindingKey } from '../../core/findings/finding';
import type { RemediationAction } from '../../core/ledger/remediation-record';
import type { Target } from '../../core/target';
import type { Tenure } from './ledger';

/**
 * Names that are the same whenever the same thing is named again, but for the nonce; of two deployments, and of a
 * ledger that was restored, they never are.
 */
export interface Identifiers {
  /** A mark that nothing had before. */
  nonce(): string;
  /** Of the execution that works in one tenure: 64 hexadecimal digits. */
  executionName(target: Target, tenure: Tenure): string;
  /** `rem-` and 16 hexadecimal digits; `sequence` counts the remediations of one execution. */
  remediationId(target: Target, tenure: Tenure, sequence: number): string;
  /** Of the exception that a request makes: `exc-` and 16 hexadecimal digits. */
  exceptionId(target: Target, requestId: string): string;
  /** Of the grant that a request asks for: `grt-` and 16 hexadecimal digits. */
  grantId(target: Target, requestId: string): string;
  /** Of what an event asks for one of its findings. */
  requestId(eventId: string, action: RemediationAction, finding: FindingKey): string;
}
