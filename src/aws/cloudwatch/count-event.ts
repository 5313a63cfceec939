import type { BrakeEvent, DomainEvent, Metrics, ReopenedEvent, ReportEvent, SweepEvent } from '../../flow/ports';

/** Counts an event that is on the bus under the metric that the dashboard shows; most are under none. */
export function countEvent(
  event: DomainEvent | ReopenedEvent | BrakeEvent | SweepEvent | ReportEvent,
  metrics: Metrics,
): void {
  switch (event.detailType) {
    case 'Ingress Closed': {
      const { startedAt, finishedAt } = event.detail;
      metrics.count('SecondsToClose', (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
      return;
    }
    case 'Closing Undone':
      metrics.count('ClosingsUndone');
      return;
    case 'Remediation Failed':
    case 'Verification Failed':
      metrics.count('RemediationFailures');
      return;
    case 'Decision Needed':
      if (event.detail.reminder === undefined) metrics.count('QuestionsAsked');
      return;
    case 'Ingress Reopened':
      metrics.count('IngressReopened');
      return;
    default:
  }
}
