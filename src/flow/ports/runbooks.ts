import type { CertifiedAction } from '../../core/ledger/has-certificate';
import type { ReportedCall } from '../../core/ledger/remediation-record';
import type { IsolationStep } from '../../core/isolation/isolation';
import type { PlanStep } from '../../core/planning/plan';
import type { Target } from '../../core/target';
import type { PortResult } from './port-failure';

/** SSM Automation in the target's account and Region. */
export interface Runbooks {
  /** A failure says that nothing was started, or is retryable; a run that was started before under its id is none. */
  start(run: RunbookRun<PlanStep | IsolationStep>): PortResult<RunbookStarted>;
  /** How an execution stands. */
  getStatus(run: RunbookRun<PlanStep | IsolationStep>, executionId: string): PortResult<RunbookStatus>;
  /** The calls that an execution made by SSM's own record, whatever its document says today. */
  report(run: RunbookRun, executionId: string): PortResult<RunbookReport>;
}

export type RunbookReport =
  | { readonly kind: 'known'; readonly calls: readonly ReportedCall[] }
  | { readonly kind: 'running'; readonly reason: string }
  /** It ran steps that may have done anything, or they are not all shown. */
  | { readonly kind: 'unknown'; readonly reason: string };

export interface RunbookStarted {
  /** Missing where SSM says only that the run was started already, or does not say so clearly. */
  readonly executionId?: string;
  /** Why the run may not have been started: the rules must show it. */
  readonly doubt?: string;
}

/** One step, carried out by one runbook execution. */
export interface RunbookRun<Step = PlanStep> {
  readonly target: Target;
  readonly remediationId: string;
  /**
   * What an undo authorizes is what was there before, to the last tag; what a closing or a grant authorizes is our own.
   */
  readonly action: CertifiedAction;
  /** Names the run among all others: the same id is started once. */
  readonly runId: string;
  readonly step: Step;
}

export type RunbookStatus =
  /** `isQueued`: SSM has taken it, and others run before it. */
  | { readonly kind: 'running'; readonly isQueued?: true }
  | { readonly kind: 'succeeded' }
  | {
      readonly kind: 'failed';
      /**
       * The AWS error code of the call that failed, such as `InvalidPermission.NotFound`, where the message has one.
       */
      readonly code?: string;
      readonly reason: string;
      /** A transient failure of the service: the same call may work a moment later. */
      readonly isTransient?: true;
    };
