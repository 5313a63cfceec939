import { success } from '../../core/result';
import { targetKey, type Target } from '../../core/target';
import { leaseFrom } from './lease-from';
import type { Clock, Ledger, Log, Orchestrations, Outcome, RemediationRequest } from '../ports';

export interface StartPorts {
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, 'saveRequest' | 'announceArrival'>;
  readonly log: Log;
  readonly orchestrations: Orchestrations;
}

/**
 * Requests first, then the arrival that makes an execution read them, then the execution. All of it may be repeated, and
 * is when a message comes again: one whose requests have all been answered starts nothing.
 */
export async function startRemediation(
  { target, requests }: { readonly target: Target; readonly requests: readonly RemediationRequest[] },
  { clock, ledger, log, orchestrations }: StartPorts,
): Outcome<void> {
  let waiting = 0;
  const askedAt = clock.now().toISOString();
  for (const request of requests) {
    const saved = await ledger.saveRequest(target, { ...request, askedAt });
    if (!saved.ok) return saved;
    if (saved.value === 'waiting') waiting += 1;
    else log.info('Request was answered before', { target: targetKey(target), requestId: request.id });
  }
  if (waiting === 0) return success(undefined);
  const announced = await ledger.announceArrival(target, leaseFrom(clock));
  if (!announced.ok) return announced;
  const { generation } = announced.value;
  const started = await orchestrations.start({ target, generation });
  if (!started.ok) return started;
  log.info('Remediation requested', { target: targetKey(target), generation, requests: waiting });
  return success(undefined);
}
