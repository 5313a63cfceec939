import { MAX_ROUNDS, RETRY_SECONDS_AFTER_FAILURE } from '../limits';
import type { Durable } from '../ports';
import type { StepsResult } from './run-steps';

/** What the plans of one remediation have come to, and whether another one may be made. */
export interface RetryBudget {
  /** What went wrong last, in words; empty when nothing did. */
  lastFailure(): string;
  /** Why no other plan is made: the rules changed under too many. */
  keptChanging(): string | undefined;
  /**
   * Counts how a plan's steps ended. Trouble of a service's own is waited for; answers the reason to stop when there is
   * nothing to wait for.
   */
  count(end: StepsResult, round: number): Promise<string | undefined>;
}

export function createRetryBudget(durable: Pick<Durable, 'sleep'>): RetryBudget {
  let lastFailure = '';
  let failures = 0;
  let changed = '';
  let changes = 0;
  return {
    lastFailure: () => lastFailure,
    keptChanging: () =>
      changes === MAX_ROUNDS ? `The rules kept changing, ${String(changes)} plans were made. ${changed}` : undefined,
    async count(end, round) {
      if (end.kind === 'ran') return undefined;
      if (end.kind === 'rules-changed') {
        changed = end.reason;
        changes += 1;
        return undefined;
      }
      lastFailure = end.reason;
      const pauseSeconds = end.isTransient ? RETRY_SECONDS_AFTER_FAILURE[failures++] : undefined;
      if (pauseSeconds === undefined)
        return failures > 1 ? `Tried ${String(failures)} times. ${lastFailure}` : lastFailure;
      await durable.sleep(`trouble ${String(round)}`, pauseSeconds);
      return undefined;
    },
  };
}
