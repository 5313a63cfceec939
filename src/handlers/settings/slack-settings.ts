import * as z from '../../core/zod-mini';
import { parseSettings, text, type Environment } from './parse-settings';
import { scheduleSettings, toScheduleSettings, type ScheduleSettings } from './schedule-settings';
import { list } from './setting-schemas';

export interface SlackFunctionSettings {
  readonly ledgerTable: string;
  readonly queueUrl: string;
  readonly secretName: string;
  /** Who answers, in Slack, questions that name no approvers. */
  readonly approvers: readonly string[];
  readonly schedules: ScheduleSettings;
}

const schema = z.object({
  PORTCULLIS_LEDGER_TABLE: text,
  PORTCULLIS_QUEUE_URL: z.url(),
  PORTCULLIS_SLACK_SECRET: text,
  /** Comma-separated; empty where none are configured. */
  PORTCULLIS_SLACK_APPROVERS: list,
  ...scheduleSettings,
});

/** @throws Error that lists everything that is wrong: the function must not start half configured. */
export function parseSlackSettings(environment: Environment): SlackFunctionSettings {
  const values = parseSettings(schema, environment);
  return {
    ledgerTable: values.PORTCULLIS_LEDGER_TABLE,
    queueUrl: values.PORTCULLIS_QUEUE_URL,
    secretName: values.PORTCULLIS_SLACK_SECRET,
    approvers: values.PORTCULLIS_SLACK_APPROVERS,
    schedules: toScheduleSettings(values),
  };
}
