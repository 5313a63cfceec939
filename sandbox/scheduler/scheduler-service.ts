import * as schemas from '@aws-sdk/client-scheduler';
import type {
  CreateScheduleGroupInput,
  CreateScheduleGroupOutput,
  DeleteScheduleGroupInput,
  GetScheduleGroupInput,
  GetScheduleGroupOutput,
} from '@aws-sdk/client-scheduler';

import type { CallContext, Operation, Service } from '../runtime/operation';
import { createProvisioners } from './provisioners';
import { createScheduleOperations } from './schedule-operations';
import { scheduleGroupArn } from './schedule';
import { Schedules } from './schedules';

/**
 * EventBridge Scheduler: one-time, rate and cron schedules that send to queues, on the sandbox's time, each with its
 * execution role. No `L`, `W` and `#` in cron expressions, no time zones, flexible windows or other targets.
 * https://docs.aws.amazon.com/scheduler/latest/APIReference/
 */
export function createScheduler(): Service {
  const schedules = new Schedules();
  const needs =
    (action: string) =>
    ({ Name = '' }: { readonly Name?: string | undefined }, context: CallContext) => [
      { action: `scheduler:${action}`, resource: scheduleGroupArn(context, Name) },
    ];
  const createGroup: Operation<CreateScheduleGroupInput, CreateScheduleGroupOutput> = {
    permissions: needs('CreateScheduleGroup'),
    handle: ({ Name = '' }, context) => ({ ScheduleGroupArn: schedules.createGroup(context, Name).arn }),
  };
  const getGroup: Operation<GetScheduleGroupInput, GetScheduleGroupOutput> = {
    permissions: needs('GetScheduleGroup'),
    handle: ({ Name }, context) => {
      const { name, arn, createdMillis } = schedules.group(context, Name);
      return { Name: name, Arn: arn, State: 'ACTIVE', CreationDate: new Date(createdMillis) };
    },
  };
  const deleteGroup: Operation<DeleteScheduleGroupInput, Record<string, never>> = {
    permissions: needs('DeleteScheduleGroup'),
    handle: ({ Name = '' }, context) => {
      schedules.deleteGroup(context, Name);
      return {};
    },
  };
  return {
    signingName: 'scheduler',
    protocol: 'restJson1',
    schemas,
    operations: {
      ...createScheduleOperations(schedules),
      CreateScheduleGroup: createGroup,
      GetScheduleGroup: getGroup,
      DeleteScheduleGroup: deleteGroup,
    },
    provisioners: createProvisioners(schedules),
    inspect: { schedules: () => schedules.all(), failed: () => schedules.failed },
  };
}
