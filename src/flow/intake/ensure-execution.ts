import { failure, success } from '../../core/result';
import { targetKey, type Target } from '../../core/target';
import type { Identifiers, Ledger, Log, Orchestrations, PortResult, Tenure } from '../ports';

export interface EnsurePorts {
  readonly identifiers: Pick<Identifiers, 'nonce'>;
  readonly ledger: Pick<Ledger, 'announceArrival' | 'giveUp'>;
  readonly log: Log;
  readonly orchestrations: Orchestrations;
}

/** One finds the dead holder, one begins anew; more are needed only where others end and begin at the same moment. */
const ATTEMPTS = 4;

/**
 * Announces that something waits for a target, and sees to it that an execution which is alive will read it: the one
 * that holds the target, or a new one. Nobody's clock decides which: Lambda says whether the holder lives. A holder
 * that has ended without letting go (its time was over, or the ledger is older than it, out of a backup) loses the
 * target.
 */
export async function ensureExecution(target: Target, ports: EnsurePorts): PortResult<Tenure> {
  const { identifiers, ledger, log } = ports;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const arrival = await ledger.announceArrival(target, identifiers.nonce());
    if (!arrival.ok) return arrival;
    const { isNew, ...tenure } = arrival.value;
    const alive = await isAlive(target, tenure, isNew, ports);
    if (!alive.ok) return alive;
    if (alive.value) return success(tenure);
    log.warn('The execution that holds the target has ended: another one begins', {
      target: targetKey(target),
      generation: tenure.generation,
    });
    const given = await ledger.giveUp(target, tenure);
    if (!given.ok) return given;
  }
  const cause = `No execution for ${targetKey(target)} stayed alive, though ${String(ATTEMPTS)} were searched for.`;
  return failure({ code: 'unavailable', retryable: true, cause });
}

/** Starts the execution of a holding, or finds it started: by us a moment ago, or by somebody, and over since. */
async function isAlive(
  target: Target,
  tenure: Tenure,
  isNew: boolean,
  { orchestrations }: EnsurePorts,
): PortResult<boolean> {
  const started = await orchestrations.start({ target, ...tenure });
  // The name is taken by what we did not start.
  if (!started.ok) return started.error.code === 'conflict' ? success(false) : started;
  // Nobody else knows the mark of a holding that has just begun.
  if (isNew) return success(true);
  const status = await orchestrations.fetchStatus(started.value.executionArn);
  return status.ok ? success(status.value === 'running') : status;
}
