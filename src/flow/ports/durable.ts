import type { PortResult } from './port-failure';

/**
 * Execution that survives the loss of its process: finished steps are remembered, not run again. Everything outside a
 * step runs again after each wait and must be deterministic: no clock, no randomness, no calls.
 */
export interface Durable {
  /**
   * Runs once to its end; may run twice when the process dies before the result is stored, so it must be repeatable.
   * Retryable failures are retried with growing pauses, then answered. The result must be plain JSON data.
   *
   * @param run gets which attempt it is, from 1 on
   */
  step<Value>(name: string, run: (attempt: number) => PortResult<Value>): PortResult<Value>;
  /** Waits, without holding a process; the name is the step's in the execution's history. */
  sleep(name: string, seconds: number): Promise<void>;
}
