/** What is counted in CloudWatch. */
export type Metric =
  | 'EventsRejected'
  /** A message could not be worked on because the dispatcher is not allowed to. */
  | 'DispatcherDenied'
  | 'FindingsSkipped'
  | 'RemediationsNotClosed'
  | 'FindingUpdatesFailed'
  | 'DomainEventsFailed';

export interface Metrics {
  count(metric: Metric, value?: number): void;
}
