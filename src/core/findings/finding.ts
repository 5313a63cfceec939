import type { RequestedControl } from '../controls/control-id';
import type { Target } from '../target';

/** Names one finding to Security Hub: both fields are needed to update it. */
export interface FindingKey {
  readonly id: string;
  readonly productArn: string;
}

/** A finding as Portcullis needs it, whatever format and standard it came in. */
export interface Finding extends FindingKey {
  readonly account: string;
  readonly region: string;
  readonly title: string;
  /** Undefined when the generator is none of ours: such a finding cannot be closed by us. */
  readonly control: RequestedControl | undefined;
  /** Undefined when no resource of the finding is a security group or network ACL with a readable ARN. */
  readonly target: Target | undefined;
  /** The instance or network interface that it is about, whatever its control. */
  readonly isolable?: Target;
  /** Why `target` or `control` is undefined, in a sentence for the finding's note. */
  readonly problem: string | undefined;
  readonly compliance: 'PASSED' | 'WARNING' | 'FAILED' | 'NOT_AVAILABLE' | undefined;
  readonly workflow: 'NEW' | 'NOTIFIED' | 'RESOLVED' | 'SUPPRESSED';
  readonly recordState: 'ACTIVE' | 'ARCHIVED';
  readonly severity: string;
  readonly firstObservedAt: string | undefined;
  /** All of them, ours and those of others. */
  readonly userDefinedFields?: Readonly<Record<string, string>>;
  /** What the last remediation left on it: the outcome, and the id that an undo goes by. */
  readonly portcullisOutcome?: string;
  readonly portcullisRemediationId?: string;
  /** Why it is not closed by itself again: somebody opens it each time. */
  readonly keepsReopening?: string;
  /** Its two faces, in Security Hub CSPM and V2, have different statuses: `workflow` is the one that counts. */
  readonly facesDiffer?: true;
  /** The note that somebody else left, kept in the ledger before ours replaces it. */
  readonly note: { readonly text: string; readonly updatedBy: string; readonly updatedAt: string } | undefined;
}
