import { toScheduledSweepId } from '../../core/sweeping/sweep';
import { failure, success } from '../../core/result';
import type { Log, PortResult, ScheduledSweeps } from '../ports';

export interface SweepDuePorts {
  readonly log: Log;
  /** Missing where nothing is swept by schedule. */
  readonly scheduledSweeps?: ScheduledSweeps;
}

/** As EventBridge Scheduler writes the time that a schedule was to run at. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/**
 * It is time to sweep everything. A message that comes twice, late or not, is one sweep: its id is made of its time.
 */
export async function startDueSweep(at: string, { log, scheduledSweeps }: SweepDuePorts): PortResult<void> {
  if (!TIME.test(at) || Number.isNaN(Date.parse(at))) {
    return failure({ code: 'invalid', retryable: false, cause: `"${at.slice(0, 40)}" is no time of a sweep.` });
  }
  if (scheduledSweeps === undefined) {
    // A schedule that is taken out of the configuration may have sent its last message a moment before.
    log.warn('Nothing is swept by schedule', { at });
    return success(undefined);
  }
  const { regions, controls } = scheduledSweeps;
  const sweepId = toScheduledSweepId(at);
  const by = `the schedule, ${at}`;
  const started = await scheduledSweeps.start({ sweepId, by, regions, controls, imports: true });
  // The name is taken: it was started before, with what was configured then.
  return started.ok || started.error.code === 'conflict' ? success(undefined) : started;
}
