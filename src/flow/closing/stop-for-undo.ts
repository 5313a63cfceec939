import type { ClosingReason } from '../../core/reasons/closing-reasons';
import { success } from '../../core/result';
import type { Clock, Durable, Ledger, PortResult } from '../ports';
import type { CloseJob } from '../remediation/job';
import type { MayStop } from '../running/run-step';
import { isUndoOf } from '../undoing/is-undo-of';

/** What lets a closing under way be taken back: it reads whether there is an undo before each of its calls. */
export interface StopForUndo extends MayStop {
  /** Why `mayGoOn` refused to go on, when it did. */
  reason(): ClosingReason | undefined;
}

interface StopPorts {
  readonly clock: Clock;
  readonly durable: Durable;
  readonly ledger: Pick<Ledger, 'fetchWaitingUndos'>;
}

/**
 * A read is part of the step that has just seen what the call before did, or a step of its own, never part of the one
 * that starts a run: an execution that loses its process behind the start begins that step anew, and must then not take
 * the run for one that was never started.
 */
export function createStopForUndo(job: CloseJob, { clock, durable, ledger }: StopPorts): StopForUndo {
  let reason: ClosingReason | undefined;

  async function fetchStoppedBy(): PortResult<string | null> {
    const waiting = await ledger.fetchWaitingUndos(job.target);
    if (!waiting.ok) return waiting;
    const undo = waiting.value.find((each) => isUndoOf(each, job, clock.now()));
    return success(undo === undefined ? null : undo.decidedBy);
  }

  return {
    fetchStoppedBy,
    reason: () => reason,
    async mayGoOn(position, fetched) {
      const found =
        fetched === undefined ? await durable.step(`look for an undo ${position}`, fetchStoppedBy) : success(fetched);
      // Who may have chosen to stop it is not passed over because the ledger cannot be read.
      if (!found.ok) {
        const { cause, retryable: isTransient } = found.error;
        return { kind: 'failed', why: { code: 'service-failed', cause }, isTransient };
      }
      if (found.value === null) return undefined;
      reason = { code: 'stopped-by-undo', decidedBy: found.value };
      return { kind: 'failed', why: reason, isTransient: false };
    },
  };
}
