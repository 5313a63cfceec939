import type { ScheduleResources } from '../../aws/scheduler/schedules';
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

/** What the settings say, as the adapter of schedules takes it. */
export function toScheduleResources(
  values: Readonly<Record<keyof typeof scheduleSettings, string>>,
): ScheduleResources {
  return {
    group: values.PORTCULLIS_SCHEDULE_GROUP,
    roleArn: values.PORTCULLIS_SCHEDULER_ROLE_ARN,
    queueArn: values.PORTCULLIS_QUEUE_ARN,
    deadLettersArn: values.PORTCULLIS_DEAD_LETTER_QUEUE_ARN,
  };
}
