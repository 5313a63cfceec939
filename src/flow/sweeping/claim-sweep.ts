import type { Sweep } from '../../core/sweeping/sweep';
import { failure, success } from '../../core/result';
import type { Clock, PortResult, Sweeps } from '../ports';

/** Two sweeps never run at once: a failure where another one is under way. */
export async function claimSweep(
  sweep: Pick<Sweep, 'sweepId' | 'startedAt'>,
  now: Date,
  sweeps: Pick<Sweeps, 'claim'>,
): PortResult<void> {
  const claimed = await sweeps.claim(sweep, now);
  if (!claimed.ok) return claimed;
  if (claimed.value) return success(undefined);
  const cause = 'another sweep is under way; portcullis scan --last waits for it and prints what it found';
  return failure({ code: 'conflict', retryable: false, cause });
}

/** Says that it goes on; one that nobody has heard of for so long that another began does not. */
export async function saveProgress(
  sweep: Sweep,
  { clock, sweeps }: { readonly clock: Clock; readonly sweeps: Pick<Sweeps, 'claim' | 'saveSweep'> },
): PortResult<void> {
  const claimed = await claimSweep(sweep, clock.now(), sweeps);
  return claimed.ok ? sweeps.saveSweep(sweep) : claimed;
}
