/** What is counted in CloudWatch. */
export type Metric =
  | 'EventsRejected'
  /** A message could not be worked on because the dispatcher is not allowed to. */
  | 'DispatcherDenied'
  /**
   * A change could not be read because the detector is not allowed to: no member stack there, or a forged account.
   */
  | 'DetectionDenied'
  | 'FindingsSkipped'
  | 'RemediationsNotClosed'
  /** What was done is not what was planned: a runbook may have been replaced. */
  | 'RemediationsNotVerified'
  | 'FindingUpdatesFailed'
  | 'DomainEventsFailed'
  /** A question could not be written down, so that it cannot be answered and does not end. */
  | 'QuestionsFailed'
  /** What was closed could not be scheduled to be re-checked. */
  | 'WatchesFailed'
  /** What was granted is open past its end, or nobody can tell. */
  | 'GrantsNotEnded'
  /** A channel was not notified, and the message waits in its dead-letter queue. */
  | 'NotificationsFailed'
  /** Something that Slack has signed could not be taken, or whoever clicked could not be notified. */
  | 'SlackRequestsFailed'
  /** With a dashboard only: a closing, from its begin to its end. */
  | 'SecondsToClose'
  /** With a dashboard only. */
  | 'ClosingsUndone'
  /** With a dashboard only: a remediation failed, or its verification did. */
  | 'RemediationFailures'
  /** With a dashboard only: a person is to decide. Reminders are not counted. */
  | 'QuestionsAsked'
  /** With a dashboard only, and only where some do: questions that nobody has answered, each hour. */
  | 'QuestionsWaiting'
  /** With a dashboard only: what was closed is open again. */
  | 'IngressReopened';

export interface Metrics {
  /** Counts `value` (1 when left out) under a metric; seconds where its name begins with them. */
  count(metric: Metric, value?: number): void;
}
