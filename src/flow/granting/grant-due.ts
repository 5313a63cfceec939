import { isGrantId, stateOfGrant } from '../../core/grants/grant';
import { parseDueId } from '../../core/parse-due-id';
import { failure, success } from '../../core/result';
import { startRemediation, type StartPorts } from '../intake/start-remediation';
import type { Ledger, Metrics, PortResult } from '../ports';

export interface GrantDuePorts extends StartPorts {
  readonly ledger: StartPorts['ledger'] & Pick<Ledger, 'fetchGrant'>;
  readonly metrics: Metrics;
}

/**
 * A grant's time is over: whoever holds its target takes away what it opened. The ledger says whether that is still to
 * be done; from the second attempt on it is overdue, and the alarm is raised.
 */
export async function endDueGrant(id: string, ports: GrantDuePorts): PortResult<void> {
  const named = parseDueId(id, isGrantId);
  if (named?.attempt === undefined) {
    return failure({ code: 'invalid', retryable: false, cause: `"${id.slice(0, 80)}" names no grant.` });
  }
  const { target, id: grantId, attempt } = named;
  const { clock, ledger, log, metrics } = ports;
  const read = await ledger.fetchGrant(target, grantId);
  if (!read.ok) return read;
  if (read.value === undefined) {
    log.warn('A grant that is due is not in the ledger', { grant: id });
    return success(undefined);
  }
  const now = clock.now();
  const state = stateOfGrant(read.value, now);
  if (state === 'ended') return success(undefined);
  if (state === 'live') {
    const cause = `Grant ${grantId} lasts until ${read.value.until}, and it is ${now.toISOString()}.`;
    return failure({ code: 'unavailable', retryable: true, cause });
  }
  if (attempt > 1) {
    log.error('What was granted is past its end', { grant: grantId, until: read.value.until, attempt });
    metrics.count('GrantsNotEnded');
  }
  const request = {
    id: `grant-end-${grantId}-${String(attempt)}`,
    action: 'end-grant' as const,
    trigger: 'automatic' as const,
    decidedBy: `the end of ${grantId}`,
    findings: [],
    grantId,
    how: 'due' as const,
    attempt,
  };
  return startRemediation({ target, requests: [request] }, ports);
}
