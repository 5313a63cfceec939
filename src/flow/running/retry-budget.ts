import { MAX_ROUNDS, RETRY_SECONDS_AFTER_FAILURE } from '../limits';
import type { ClosingReason } from '../../core/reasons/closing-reasons';
import type { RunReason } from '../../core/reasons/run-reasons';
import type { Durable } from '../ports';
import type { StepsResult } from './run-steps';

/** What the plans of one remediation have come to, and whether another one may be made. */
export interface RetryBudget {
  /** What went wrong last; empty when nothing did. */
  lastFailure(): readonly (ClosingReason | RunReason)[];
  /** Why no other plan is made: the rules changed under too many. */
  keptChanging(): readonly (ClosingReason | RunReason)[] | undefined;
  /**
   * Counts how a plan's steps ended. Transient failures are waited for; answers the reasons to stop when there
   * is nothing to wait for.
   */
  count(end: StepsResult, round: number): Promise<readonly (ClosingReason | RunReason)[] | undefined>;
}

/** How often transient failures, and rules that keep changing, let one remediation plan again. */
export function createRetryBudget(durable: Pick<Durable, 'sleep'>): RetryBudget {
  let lastFailure: readonly (ClosingReason | RunReason)[] = [];
  let failures = 0;
  let changed: readonly (ClosingReason | RunReason)[] = [];
  let changes = 0;
  return {
    lastFailure: () => lastFailure,
    keptChanging: () => (changes === MAX_ROUNDS ? [{ code: 'kept-changing', plans: changes }, ...changed] : undefined),
    async count(end, round) {
      if (end.kind === 'ran') return undefined;
      if (end.kind === 'rules-changed') {
        changed = [end.why];
        changes += 1;
        return undefined;
      }
      lastFailure = end.why;
      const pauseSeconds = end.isTransient ? RETRY_SECONDS_AFTER_FAILURE[failures++] : undefined;
      if (pauseSeconds === undefined)
        return failures > 1 ? [{ code: 'tried-again', times: failures }, ...lastFailure] : lastFailure;
      await durable.sleep(`trouble ${String(round)}`, pauseSeconds);
      return undefined;
    },
  };
}
