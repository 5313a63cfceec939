import type { ControlId } from '../../core/controls/control-id';
import type { RemediationAction, RemediationOutcome, Trigger } from '../../core/ledger/remediation-record';
import type { Target } from '../../core/target';
import type { Outcome } from './port-failure';

/** The `portcullis` bus. */
export interface DomainEvents {
  publish(event: DomainEvent): Outcome<void>;
}

export interface DomainEvent {
  readonly detailType:
    | 'Ingress Closed'
    | 'Closing Undone'
    | 'Remediation Failed'
    | 'Decision Needed'
    /** More, less or something else was done than was planned: nothing is called closed or undone. */
    | 'Verification Failed';
  readonly detail: RemediationEventDetail;
}

/** The `detail` of every event about a remediation; the contract of everything that hangs off the bus. */
export interface RemediationEventDetail {
  readonly remediationId: string;
  readonly action: RemediationAction;
  /** The closing that an undo took back. */
  readonly undoes?: string;
  readonly outcome: RemediationOutcome;
  readonly target: Target & { readonly arn: string };
  readonly controls: readonly ControlId[];
  readonly trigger: Trigger;
  readonly decidedBy: string;
  /** One sentence: what was done, or why not. */
  readonly reason: string;
  /** At most 20 ids; `findingCount` says how many there are. */
  readonly findingIds: readonly string[];
  readonly findingCount: number;
  /** Findings that Security Hub did not let us update: what people see there is out of date. */
  readonly findingsNotUpdated: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
}
