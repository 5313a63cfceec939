import type { FindingKey } from '../../core/findings/finding';
import type { RemediationAction } from '../../core/ledger/remediation-record';
import type { Target } from '../../core/target';

/** Names that are the same whenever the same thing is named again. */
export interface Identifiers {
  /** `rem-` and 16 hexadecimal digits; `sequence` counts the remediations of one execution. */
  remediationId(target: Target, generation: number, sequence: number): string;
  /** Of what an event asks for one of its findings. */
  requestId(eventId: string, action: RemediationAction, finding: FindingKey): string;
}
