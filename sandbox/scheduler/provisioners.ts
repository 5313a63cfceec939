import { z } from 'zod';

import type { Provisioner } from '../runtime/operation';
import { ignoredProperty, integerProperty, parseProperties } from '../runtime/parse-properties';
import { physicalName } from '../runtime/physical-name';
import { checkSchedule } from './check-schedule';
import type { Schedules } from './schedules';

const groupProperties = z.strictObject({ Name: z.string().optional(), Tags: ignoredProperty });

const scheduleProperties = z.strictObject({
  Name: z.string().optional(),
  GroupName: z.string().optional(),
  Description: z.string().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().optional(),
  FlexibleTimeWindow: z.strictObject({ Mode: z.literal('OFF') }),
  State: z.literal(['ENABLED', 'DISABLED']).optional(),
  Target: z.strictObject({
    Arn: z.string(),
    RoleArn: z.string(),
    Input: z.string().optional(),
    DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
    RetryPolicy: z
      .strictObject({
        MaximumRetryAttempts: integerProperty.min(0).max(185).optional(),
        MaximumEventAgeInSeconds: integerProperty.min(60).max(86_400).optional(),
      })
      .optional(),
  }),
});

/** @throws AwsError ValidationError for properties that the sandbox does not have */
export function createProvisioners(schedules: Schedules): Readonly<Record<string, Provisioner>> {
  return {
    'AWS::Scheduler::ScheduleGroup': (properties, place) => {
      const { Name } = parseProperties('AWS::Scheduler::ScheduleGroup', groupProperties, properties);
      const { name, arn } = schedules.createGroup(place, Name ?? physicalName(place, 64));
      return { ref: name, attributes: { Arn: arn } };
    },

    'AWS::Scheduler::Schedule': (properties, place) => {
      const parsed = parseProperties('AWS::Scheduler::Schedule', scheduleProperties, properties);
      const input = { ...parsed, Name: parsed.Name ?? physicalName(place, 64) };
      checkSchedule(place, input);
      const { name, arn } = schedules.create(place, input);
      return { ref: name, attributes: { Arn: arn } };
    },
  };
}
