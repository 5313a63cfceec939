import { MAX_ROUNDS, TROUBLE_SECONDS } from '../limits';
import type { Durable } from '../ports';
import type { StepsResult } from './run-steps';

/** What the plans of one remediation have come to, and whether another one may be made. */
export interface Tries {
  /** What went wrong last, in words; empty when nothing did. */
  trouble(): string;
  /** Why no other plan is made: the rules changed under too many. */
  keptChanging(): string | undefined;
  /**
   * Counts how a plan's steps ended. Trouble of a service's own is waited for; answers the reason to stop when there is
   * nothing to wait for.
   */
  count(end: StepsResult, round: number): Promise<string | undefined>;
}

export function createTries(durable: Pick<Durable, 'sleep'>): Tries {
  let trouble = '';
  let troubles = 0;
  let changed = '';
  let changes = 0;
  return {
    trouble: () => trouble,
    keptChanging: () =>
      changes === MAX_ROUNDS ? `The rules kept changing, ${String(changes)} plans were made. ${changed}` : undefined,
    async count(end, round) {
      if (end.kind === 'ran') return undefined;
      if (end.kind === 'rules-changed') {
        changed = end.reason;
        changes += 1;
        return undefined;
      }
      trouble = end.reason;
      const pauseSeconds = end.isTransient ? TROUBLE_SECONDS[troubles++] : undefined;
      if (pauseSeconds === undefined) return troubles > 1 ? `Tried ${String(troubles)} times. ${trouble}` : trouble;
      await durable.sleep(`trouble ${String(round)}`, pauseSeconds);
      return undefined;
    },
  };
}
