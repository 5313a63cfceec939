import type { GrantLimits } from '../../core/grants/grant';
import type { SlackRights } from '../../core/interactions/slack-rights';
import type {
  Clock,
  Closings,
  DueQueue,
  Log,
  Metrics,
  Questions,
  Schedules,
  SeenRequests,
  SlackSignatures,
  SlackWorkspace,
  Wishes,
} from '../ports';

/** What the function behind Slack's buttons needs of the world. */
export interface InteractPorts {
  readonly clock: Clock;
  readonly closings: Closings;
  readonly due: DueQueue;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly questions: Pick<Questions, 'fetchQuestion' | 'replaceQuestion'>;
  readonly schedules: Pick<Schedules, 'scheduleOnce'>;
  readonly seen: SeenRequests;
  readonly signatures: SlackSignatures;
  readonly slack: SlackWorkspace;
  readonly wishes: Pick<Wishes, 'saveWish'>;
}

export interface InteractSettings {
  readonly rights: SlackRights;
  /** What may be opened for a while; missing where nobody in Slack may open anything. */
  readonly grantLimits?: GrantLimits;
  /** In which something may be opened. */
  readonly regions: readonly string[];
  /** How far ahead an answer may reach. */
  readonly exceptionMaxDays: number;
}

/** What Slack is answered. */
export interface SlackReply {
  readonly status: number;
  readonly body?: object;
}
