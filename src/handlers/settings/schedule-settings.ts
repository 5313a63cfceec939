import * as z from '../../core/zod-mini';
import { text } from './parse-settings';

const queueArn = z.string().check(z.regex(/^arn:[^:]+:sqs:/, 'must be the ARN of a queue'));

/** What a function must know to make schedules; the stack's construct DueMessages gives it. */
export const scheduleSettings = {
  PORTCULLIS_SCHEDULE_GROUP: text,
  PORTCULLIS_SCHEDULER_ROLE_ARN: text,
  PORTCULLIS_QUEUE_ARN: queueArn,
  PORTCULLIS_DEAD_LETTER_QUEUE_ARN: queueArn,
};

export interface ScheduleSettings {
  readonly group: string;
  readonly roleArn: string;
  readonly queueArn: string;
  readonly deadLettersArn: string;
}

/** The settings of schedules as their adapters take them. */
export function toScheduleSettings(values: Readonly<Record<keyof typeof scheduleSettings, string>>): ScheduleSettings {
  return {
    group: values.PORTCULLIS_SCHEDULE_GROUP,
    roleArn: values.PORTCULLIS_SCHEDULER_ROLE_ARN,
    queueArn: values.PORTCULLIS_QUEUE_ARN,
    deadLettersArn: values.PORTCULLIS_DEAD_LETTER_QUEUE_ARN,
  };
}
