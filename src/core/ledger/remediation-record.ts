import type { ControlId } from '../controls/control-id';
import type { FindingKey } from '../findings/finding';
import type { SecurityGroup, SecurityGroupRule } from '../network/security-group-rule';
import type { Plan, PlanStep } from '../planning/plan';
import type { Target } from '../target';

/** One remediation as the ledger keeps it: enough to undo it, to report it and to say who decided. */
export interface RemediationRecord {
  readonly remediationId: string;
  readonly target: Target;
  readonly trigger: Trigger;
  /** Who or what decided, in words for people: `custom action "Close ingress"`, `policy: EC2.13 automatic`. */
  readonly decidedBy: string;
  readonly findings: readonly RemediatedFinding[];
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly outcome: RemediationOutcome;
  /** One sentence: what was done, or why not. The finding's note says the same. */
  readonly reason?: string;
  /** Stored before anything is touched. */
  readonly before?: SecurityGroup;
  readonly plan?: Plan;
  readonly runs: readonly RunbookRunRecord[];
  /** As read back at the end. */
  readonly after?: readonly SecurityGroupRule[];
}

export type Trigger = 'custom-action' | 'automatic';

export type RemediationOutcome =
  | 'running'
  | 'closed'
  | 'already-closed'
  /** The target is gone, or the finding passed or was archived: nothing to do. */
  | 'not-needed'
  /** A person must decide; the finding says what. */
  | 'asked'
  | 'still-open'
  | 'failed'
  | 'could-not-tell';

export interface RemediatedFinding extends FindingKey {
  readonly control: ControlId;
  /** When Security Hub first saw it: what exposure times are counted from. */
  readonly firstObservedAt?: string;
  /** The note of somebody else that ours replaced. */
  readonly previousNote?: { readonly text: string; readonly updatedBy: string; readonly updatedAt: string };
}

export interface RunbookRunRecord {
  readonly executionId: string;
  readonly document: string;
  readonly step: PlanStep;
  readonly startedAt: string;
}
