import { success } from '../../core/result';
import type { Clock, Durable, Ledger, PortResult } from '../ports';
import type { CloseJob } from '../remediation/job';
import type { MayStop } from '../running/run-step';
import { isUndoOf } from '../undoing/is-undo-of';

/** What lets a closing under way be taken back: it looks for an undo before each of its calls. */
export interface StopForUndo extends MayStop {
  /** Why `mayGoOn` refused to go on, when it did. */
  reason(): string | undefined;
}

interface StopPorts {
  readonly clock: Clock;
  readonly durable: Durable;
  readonly ledger: Pick<Ledger, 'fetchWaitingUndos'>;
}

/**
 * A look is part of the step that has just seen what the call before did, or a step of its own, never part of the one that
 * starts a run: an execution that loses its process behind the start begins that step anew, and must then not take the run
 * for one that was never started.
 */
export function createStopForUndo(job: CloseJob, { clock, durable, ledger }: StopPorts): StopForUndo {
  let reason: string | undefined;

  async function fetchReason(): PortResult<string | null> {
    const waiting = await ledger.fetchWaitingUndos(job.target);
    if (!waiting.ok) return waiting;
    const undo = waiting.value.find((each) => isUndoOf(each, job, clock.now()));
    return success(undo === undefined ? null : describe(undo.decidedBy));
  }

  return {
    fetchReason,
    reason: () => reason,
    async mayGoOn(position, fetched) {
      const found =
        fetched === undefined ? await durable.step(`look for an undo ${position}`, fetchReason) : success(fetched);
      // Who may have chosen to stop it is not passed over because the ledger cannot be read.
      if (!found.ok) return { kind: 'failed', reason: found.error.cause, isTransient: found.error.retryable };
      reason = found.value ?? undefined;
      return reason === undefined ? undefined : { kind: 'failed', reason, isTransient: false };
    },
  };
}

function describe(decidedBy: string): string {
  return `${decidedBy} came while it was under way; what was done until then is taken back next.`;
}
