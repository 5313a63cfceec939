import type { ScheduleResources } from '../../aws/scheduler/schedules';
import type { GrantLimits } from '../../core/grants/grant';
import type { SlackRights } from '../../core/interactions/slack-rights';
import * as z from '../../core/zod-mini';
import { grantLimitsSchema } from './grant-settings';
import { json, parseSettings, text, type Environment } from './parse-settings';
import { scheduleSettings, toScheduleResources } from './schedule-settings';
import { list, number } from './setting-schemas';
import { slackRightsSchema } from './slack-rights-schema';

export interface SlackFunctionSettings {
  readonly ledgerTable: string;
  readonly queueUrl: string;
  readonly secretName: string;
  readonly rights: SlackRights;
  /** What may be opened for a while; missing where nobody in Slack may open anything. */
  readonly grantLimits?: GrantLimits;
  /** In which something may be opened. */
  readonly regions: readonly string[];
  /** How far ahead an answer may reach. */
  readonly exceptionMaxDays: number;
  readonly schedules: ScheduleResources;
}

const schema = z.object({
  PORTCULLIS_LEDGER_TABLE: text,
  PORTCULLIS_QUEUE_URL: z.url(),
  PORTCULLIS_SLACK_SECRET: text,
  PORTCULLIS_SLACK_RIGHTS: z.pipe(json, slackRightsSchema()),
  PORTCULLIS_GRANT_LIMITS: z.exactOptional(z.pipe(json, grantLimitsSchema())),
  /** Comma-separated. */
  PORTCULLIS_REGIONS: list,
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
    rights: values.PORTCULLIS_SLACK_RIGHTS,
    ...(values.PORTCULLIS_GRANT_LIMITS === undefined ? {} : { grantLimits: values.PORTCULLIS_GRANT_LIMITS }),
    regions: values.PORTCULLIS_REGIONS,
    exceptionMaxDays: values.PORTCULLIS_EXCEPTION_MAX_DAYS,
    schedules: toScheduleResources(values),
  };
}
