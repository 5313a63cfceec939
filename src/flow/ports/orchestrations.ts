import type { Target } from '../../core/target';
import type { Tenure } from './ledger';
import type { PortResult } from './port-failure';

/** What an execution is started with: the same for everybody who starts it, whenever they do. */
export interface ExecutionStart extends Tenure {
  readonly target: Target;
}

/** Durable executions of the orchestrator, as Lambda knows them. */
export interface Orchestrations {
  /**
   * Starts the execution of a tenure, or answers the one that was started for it before, alive or not. A failure with
   * code `conflict` means that the name is taken by something that was started with another input.
   */
  start(execution: ExecutionStart): PortResult<{ readonly executionArn: string }>;
  /** Whether an execution still goes on. */
  fetchStatus(executionArn: string): PortResult<'running' | 'ended'>;
}
