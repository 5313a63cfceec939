import * as z from '../../core/zod-mini';
import { parseSettings, text, type Environment } from './parse-settings';
import { scheduleSettings, toScheduleSettings, type ScheduleSettings } from './schedule-settings';
import { list, number } from './setting-schemas';

export interface SlackFunctionSettings {
  readonly ledgerTable: string;
  readonly queueUrl: string;
  readonly secretName: string;
  /** Who answers, in Slack, questions that name no approvers. */
  readonly approvers: readonly string[];
  /** How far ahead an answer may reach. */
  readonly exceptionMaxDays: number;
  readonly schedules: ScheduleSettings;
}

const schema = z.object({
  PORTCULLIS_LEDGER_TABLE: text,
  PORTCULLIS_QUEUE_URL: z.url(),
  PORTCULLIS_SLACK_SECRET: text,
  /** Comma-separated; empty where none are configured. */
  PORTCULLIS_SLACK_APPROVERS: list,
  PORTCULLIS_EXCEPTION_MAX_DAYS: number,
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
    exceptionMaxDays: values.PORTCULLIS_EXCEPTION_MAX_DAYS,
    schedules: toScheduleSettings(values),
  };
}
