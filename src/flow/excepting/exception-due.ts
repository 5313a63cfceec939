import { CONFIGURED_BY } from '../../core/exceptions/configured-by';
import { isExceptionId, stateOf, type RiskException } from '../../core/exceptions/risk-exception';
import { parseDueId } from '../../core/parse-due-id';
import { failure, success } from '../../core/result';
import { targetArn } from '../../core/target';
import { startRemediation, type StartPorts } from '../intake/start-remediation';
import type { DomainEvent, DomainEvents, Hub, Ledger, PortResult } from '../ports';
import { MAX_FINDING_IDS } from '../limits';
import { markEnding } from './mark-ending';
import { toRecorded } from './live-exceptions';

export interface ExceptionDuePorts extends StartPorts {
  readonly events: DomainEvents;
  readonly hub: Pick<Hub, 'fetchFindings' | 'updateFindings'>;
  readonly ledger: StartPorts['ledger'] & Pick<Ledger, 'fetchException'>;
}

/** An exception's time is over: whoever holds its target ends it. The ledger says whether it is still to be ended. */
export async function endDueException(id: string, ports: ExceptionDuePorts): PortResult<void> {
  const read = await readDue(id, ports);
  if (!read.ok || read.value === undefined) return read.ok ? success(undefined) : read;
  const { exceptionId, target, until } = read.value;
  const now = ports.clock.now();
  if (stateOf(read.value, now) === 'live') {
    const cause = `Exception ${exceptionId} lasts until ${until}, and it is ${now.toISOString()}.`;
    return failure({ code: 'unavailable', retryable: true, cause });
  }
  const request = {
    id: `exception-end-${exceptionId}`,
    action: 'end-exception' as const,
    trigger: 'automatic' as const,
    decidedBy: `the end of ${exceptionId}`,
    findings: [],
    exceptionId,
    how: 'due' as const,
  };
  return startRemediation({ target, requests: [request] }, ports);
}

/** Whoever holds the target checks whether the configuration has an exception still, and ends it where it has not. */
export async function checkConfiguredException(id: string, ports: ExceptionDuePorts): PortResult<void> {
  const read = await readDue(id, ports);
  if (!read.ok || read.value === undefined) return read.ok ? success(undefined) : read;
  const { exceptionId, target, by } = read.value;
  if (by !== CONFIGURED_BY) return success(undefined);
  const request = {
    id: `exception-check-${exceptionId}-${ports.clock.now().toISOString().slice(0, 10)}`,
    action: 'end-exception' as const,
    trigger: 'automatic' as const,
    decidedBy: CONFIGURED_BY,
    findings: [],
    exceptionId,
    how: 'removed' as const,
  };
  return startRemediation({ target, requests: [request] }, ports);
}

/**
 * People hear of an exception that ends soon, and its findings say so; whoever wants it to go on makes another. The
 * event goes first: one that comes twice is better than none.
 */
export async function remindOfException(id: string, ports: ExceptionDuePorts): PortResult<void> {
  const read = await readDue(id, ports);
  if (!read.ok || read.value === undefined) return read.ok ? success(undefined) : read;
  if (stateOf(read.value, ports.clock.now()) !== 'live') return success(undefined);
  const published = await ports.events.publish(toReminder(read.value, ports.clock.now().toISOString()));
  return published.ok ? markEnding(read.value, ports) : published;
}

/** Undefined where nothing is due any more. */
async function readDue(id: string, { ledger, log }: ExceptionDuePorts): PortResult<RiskException | undefined> {
  const named = parseDueId(id, isExceptionId);
  if (named === undefined) {
    const cause = `"${id.slice(0, 80)}" names no exception.`;
    return failure({ code: 'invalid', retryable: false, cause });
  }
  const read = await ledger.fetchException(named.target, named.id);
  if (!read.ok) return read;
  if (read.value === undefined) log.warn('An exception that is due is not in the ledger', { exception: id });
  return success(read.value?.ended === undefined ? read.value : undefined);
}

function toReminder(exception: RiskException, at: string): DomainEvent {
  const { target, control, findings, by, until, exceptionId, reason, remediationId = '' } = exception;
  return {
    detailType: 'Exception Ending',
    detail: {
      remediationId,
      action: 'accept',
      outcome: 'excepted',
      target: { ...target, arn: targetArn(target) },
      controls: [control],
      trigger: 'automatic',
      decidedBy: by,
      reason: `Exception ${exceptionId} ends on ${until}; what it covers is decided anew then. It was accepted: ${reason}`,
      exceptions: [toRecorded(exception)],
      findingIds: findings.slice(0, MAX_FINDING_IDS).map(({ id }) => id),
      findingCount: findings.length,
      findingsNotUpdated: 0,
      startedAt: at,
      finishedAt: at,
    },
  };
}
