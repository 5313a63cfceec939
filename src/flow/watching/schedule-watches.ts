import type { RemediationOutcome, RemediationRecord } from '../../core/ledger/remediation-record';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import { countOnce } from '../count-once';
import type { Durable, Log, Metrics, PortResult, Watches } from '../ports';
import { toWatchMessage } from './watch-message';

export interface ScheduleWatchesPorts {
  readonly durable: Durable;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Missing where nothing is re-checked by schedule. */
  readonly watches?: Watches;
}

const CLOSED: ReadonlySet<RemediationOutcome> = new Set(['closed', 'already-closed']);

/**
 * Has what a closing has read back as closed re-checked. The finding is RESOLVED whether or not that works: what
 * cannot be scheduled is counted, and sweeps do as well.
 */
export async function scheduleWatches(record: RemediationRecord, ports: ScheduleWatchesPorts): Promise<void> {
  const { durable, log, metrics, watches } = ports;
  if (watches === undefined || !CLOSED.has(record.outcome)) return;
  const scheduled = await durable.step('schedule watches', () => scheduleAll(record, watches));
  if (scheduled.ok) return;
  const { remediationId, target } = record;
  log.error('It is not looked at again by schedule', {
    remediationId,
    target: targetKey(target),
    cause: scheduled.error.cause,
  });
  await countOnce('watches', [['WatchesFailed', 1]], { durable, metrics });
}

async function scheduleAll(
  { remediationId, target, finishedAt, startedAt }: RemediationRecord,
  { seconds, scheduleOnce }: Watches,
): PortResult<void> {
  const closedMillis = Date.parse(finishedAt ?? startedAt);
  for (const [index, after] of seconds.entries()) {
    const scheduled = await scheduleOnce({
      name: `watch-${remediationId}-${String(index)}`,
      at: new Date(closedMillis + after * 1000),
      message: toWatchMessage(target),
    });
    if (!scheduled.ok) return scheduled;
  }
  return success(undefined);
}
