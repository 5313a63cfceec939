import type {
  Clock,
  DueQueue,
  Log,
  Metrics,
  Questions,
  Schedules,
  SeenRequests,
  SlackSignatures,
  SlackWorkspace,
} from '../ports';

/** What the function behind Slack's buttons needs of the world. */
export interface InteractPorts {
  readonly clock: Clock;
  readonly due: DueQueue;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly questions: Pick<Questions, 'fetchQuestion' | 'replaceQuestion'>;
  readonly schedules: Pick<Schedules, 'scheduleOnce'>;
  readonly seen: SeenRequests;
  readonly signatures: SlackSignatures;
  readonly slack: SlackWorkspace;
}

export interface InteractSettings {
  /** Who answers, in Slack, questions that name no approvers: `slack:U…`, `slack:S…`. */
  readonly approvers: readonly string[];
  /** How far ahead an answer may reach. */
  readonly exceptionMaxDays: number;
}

/** What Slack is answered. */
export interface SlackReply {
  readonly status: number;
  readonly body?: object;
}
