import { success } from '../../core/result';
import { targetKey, type Target } from '../../core/target';
import type { Clock, Ledger, PortResult, RemediationRequest } from '../ports';
import { ensureExecution, type EnsurePorts } from './ensure-execution';

export interface StartPorts extends EnsurePorts {
  readonly clock: Clock;
  readonly ledger: EnsurePorts['ledger'] & Pick<Ledger, 'saveRequest'>;
}

/**
 * Requests first, then the arrival that makes an execution read them, then the execution. All of it may be repeated,
 * and is when a message comes again: one whose requests have all been answered starts nothing.
 */
export async function startRemediation(
  { target, requests }: { readonly target: Target; readonly requests: readonly RemediationRequest[] },
  ports: StartPorts,
): PortResult<void> {
  const { clock, ledger, log } = ports;
  let waiting = 0;
  const askedAt = clock.now().toISOString();
  for (const request of requests) {
    const saved = await ledger.saveRequest(target, { ...request, askedAt });
    if (!saved.ok) return saved;
    if (saved.value === 'waiting') waiting += 1;
    else log.info('Request was answered before', { target: targetKey(target), requestId: request.id });
  }
  if (waiting === 0) return success(undefined);
  const held = await ensureExecution(target, ports);
  if (!held.ok) return held;
  const { generation } = held.value;
  log.info('Remediation requested', { target: targetKey(target), generation, requests: waiting });
  return success(undefined);
}
