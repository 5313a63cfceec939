import type { Target } from '../../core/target';
import type { Outcome } from './port-failure';

/** Durable executions of the orchestrator. */
export interface Orchestrations {
  /** Starting the same target and generation twice starts it once. */
  start(request: { readonly target: Target; readonly generation: number }): Outcome<void>;
}
