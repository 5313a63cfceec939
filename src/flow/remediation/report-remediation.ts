import type { RemediationOutcome } from '../../core/ledger/remediation-record';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import { countOnce } from '../count-once';
import type { DomainEvents, Durable, Log, Metrics } from '../ports';
import type { Progress } from './progress';
import { toRemediationEvent } from './remediation-event';

export interface ReportPorts {
  readonly durable: Durable;
  readonly events: DomainEvents;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Outcomes that people hear of, and that are no cause for alarm. */
const AS_WANTED: ReadonlySet<RemediationOutcome> = new Set([
  'closed',
  'undone',
  'notified',
  'excepted',
  'exception-ended',
  'already-closed',
  'not-needed',
  'granted',
  'access-ended',
  'isolated',
]);

/**
 * People learn of it on the finding even when the bus is down, so an event that is lost does not fail the execution.
 */
export async function reportRemediation(
  { record, event: terms }: Pick<Progress, 'record' | 'event'>,
  { durable, events, log, metrics }: ReportPorts,
): Promise<void> {
  const event = toRemediationEvent(record, terms);
  const published = event ? await durable.step('publish event', () => events.publish(event)) : success(undefined);
  const { remediationId, target, outcome, reason, notUpdated = [] } = record;
  await countOnce(
    'report',
    [
      ['RemediationsNotClosed', event && !AS_WANTED.has(outcome) ? 1 : 0],
      ['FindingUpdatesFailed', notUpdated.length],
      ['DomainEventsFailed', published.ok ? 0 : 1],
    ],
    { durable, metrics },
  );
  const fields = { remediationId, target: targetKey(target), outcome, reason };
  log.info('Remediation finished', fields);
  if (!published.ok) log.error('Event not published', { ...fields, cause: published.error.cause });
  for (const { id, reason: cause } of notUpdated) log.error('Finding not updated', { ...fields, findingId: id, cause });
}
