import type {
  CreateScheduleInput,
  CreateScheduleOutput,
  DeleteScheduleInput,
  GetScheduleInput,
  GetScheduleOutput,
  ListSchedulesInput,
  ListSchedulesOutput,
  UpdateScheduleInput,
  UpdateScheduleOutput,
} from '@aws-sdk/client-scheduler';

import type { CallContext, Operation, RequiredPermission } from '../runtime/operation';
import { checkSchedule } from './check-schedule';
import { SCHEDULER } from './invoke-target';
import { scheduleArn } from './schedule';
import type { Schedules } from './schedules';

export interface ScheduleOperations {
  readonly CreateSchedule: Operation<CreateScheduleInput, CreateScheduleOutput>;
  readonly UpdateSchedule: Operation<UpdateScheduleInput, UpdateScheduleOutput>;
  readonly GetSchedule: Operation<GetScheduleInput, GetScheduleOutput>;
  readonly DeleteSchedule: Operation<DeleteScheduleInput, Record<string, never>>;
  readonly ListSchedules: Operation<ListSchedulesInput, ListSchedulesOutput>;
}

type Key = { readonly Name?: string | undefined; readonly GroupName?: string | undefined };

/**
 * They throw ConflictException, ResourceNotFoundException and ValidationException. ClientToken is not heeded: the
 * second CreateSchedule of a name conflicts whatever its token.
 */
export function createScheduleOperations(schedules: Schedules): ScheduleOperations {
  const needs =
    (action: string) =>
    ({ Name = '', GroupName = 'default' }: Key, context: CallContext): RequiredPermission => ({
      action: `scheduler:${action}`,
      resource: scheduleArn(context, GroupName, Name),
    });
  const passing = ({ Target }: CreateScheduleInput): readonly RequiredPermission[] =>
    Target?.RoleArn === undefined
      ? []
      : [{ action: 'iam:PassRole', resource: Target.RoleArn, context: { 'iam:PassedToService': SCHEDULER } }];
  return {
    CreateSchedule: {
      permissions: (input, context) => [needs('CreateSchedule')(input, context), ...passing(input)],
      handle: (input, context) => {
        checkSchedule(context, input);
        return { ScheduleArn: schedules.create(context, input).arn };
      },
    },
    UpdateSchedule: {
      permissions: (input, context) => [needs('UpdateSchedule')(input, context), ...passing(input)],
      handle: (input, context) => {
        checkSchedule(context, input);
        return { ScheduleArn: schedules.update(context, input).arn };
      },
    },
    GetSchedule: {
      permissions: (input, context) => [needs('GetSchedule')(input, context)],
      handle: ({ Name, GroupName }, context) => {
        const { arn, groupName, input, createdMillis, modifiedMillis } = schedules.get(context, Name, GroupName);
        const { ClientToken: _, ...shown } = input;
        return {
          ...shown,
          Arn: arn,
          GroupName: groupName,
          State: input.State ?? 'ENABLED',
          CreationDate: new Date(createdMillis),
          LastModificationDate: new Date(modifiedMillis),
        };
      },
    },
    DeleteSchedule: {
      permissions: (input, context) => [needs('DeleteSchedule')(input, context)],
      handle: ({ Name, GroupName }, context) => {
        schedules.delete(context, Name, GroupName);
        return {};
      },
    },
    ListSchedules: {
      permissions: () => [{ action: 'scheduler:ListSchedules', resource: '*' }],
      handle: ({ GroupName, NamePrefix = '' }, context) => {
        const groups =
          GroupName === undefined ? [...schedules.groups(context).values()] : [schedules.group(context, GroupName)];
        const found = groups.flatMap((group) => [...group.schedules.values()]);
        return {
          Schedules: found
            .filter(({ name }) => name.startsWith(NamePrefix))
            .map(({ arn, name, groupName, input, createdMillis, modifiedMillis }) => ({
              Arn: arn,
              Name: name,
              GroupName: groupName,
              State: input.State ?? 'ENABLED',
              CreationDate: new Date(createdMillis),
              LastModificationDate: new Date(modifiedMillis),
              Target: { Arn: input.Target?.Arn },
            })),
        };
      },
    },
  };
}
