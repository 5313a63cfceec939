import { CreateScheduleCommand, type SchedulerClient } from '@aws-sdk/client-scheduler';
import { success } from '../../core/result';
import type { Clock, Schedules } from '../../flow/ports';
import { attempt } from '../aws-failure';

export interface ScheduleResources {
  readonly group: string;
  /** What EventBridge Scheduler sends with. */
  readonly roleArn: string;
  readonly queueArn: string;
  readonly deadLettersArn: string;
}

/** Scheduler's precision; a one-time schedule is not made for a moment that is over when the call arrives. */
const LEAST_AHEAD_MILLIS = 60_000;

/**
 * One-time schedules that delete themselves, with the hub's queue as their target.
 * https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
 */
export function createSchedules(
  client: SchedulerClient,
  resources: ScheduleResources,
  clock: Clock,
): Pick<Schedules, 'scheduleOnce'> {
  const { group, roleArn, queueArn, deadLettersArn } = resources;
  return {
    async scheduleOnce({ name, at, message }) {
      const millis = Math.max(at.getTime(), clock.now().getTime() + LEAST_AHEAD_MILLIS);
      // Expressions know whole seconds: the next one, so that nothing comes early.
      const second = new Date(Math.ceil(millis / 1000) * 1000).toISOString().slice(0, 19);
      const made = await attempt(`The schedule ${name} could not be made`, async () => {
        await client.send(
          new CreateScheduleCommand({
            Name: name,
            GroupName: group,
            ScheduleExpression: `at(${second})`,
            FlexibleTimeWindow: { Mode: 'OFF' },
            ActionAfterCompletion: 'DELETE',
            Target: {
              Arn: queueArn,
              RoleArn: roleArn,
              Input: JSON.stringify(message),
              DeadLetterConfig: { Arn: deadLettersArn },
            },
          }),
        );
      });
      return made.ok || made.error.code === 'conflict' ? success(undefined) : made;
    },
  };
}
