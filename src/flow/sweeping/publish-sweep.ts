import { describeSweep } from '../../core/sweeping/describe-sweep';
import type { Sweep } from '../../core/sweeping/sweep';
import type { Durable, Log, SweepEvent, SweepEvents } from '../ports';

/** An event holds at most 256 KB; whoever needs all finds them in the ledger. */
const MOST_UNREADABLE = 20;

/** Notifies people of a sweep that has ended. The ledger has what was found: an event that is lost does not fail it. */
export async function publishSweep(
  sweep: Sweep,
  { durable, events, log }: { readonly durable: Durable; readonly events: SweepEvents; readonly log: Log },
): Promise<void> {
  const published = await durable.step('publish', () => events.publish(toSweepEvent(sweep)));
  if (published.ok) return;
  log.error('Nobody was notified of the sweep', { sweepId: sweep.sweepId, cause: published.error.cause });
}

function toSweepEvent(sweep: Sweep): SweepEvent {
  const { sweepId, by, imports, totals, unreadable, failed, startedAt, finishedAt } = sweep;
  return {
    detailType: 'Sweep Finished',
    detail: {
      ...{ sweepId, by, reason: describeSweep(sweep), imports, totals },
      unreadable: unreadable.slice(0, MOST_UNREADABLE),
      ...(failed === undefined ? {} : { failed }),
      startedAt,
      finishedAt: finishedAt ?? startedAt,
    },
  };
}
