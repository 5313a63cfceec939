import type {
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  SetAlarmStateInput,
  StateValue,
} from '@aws-sdk/client-cloudwatch';

import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation } from '../runtime/operation';

export interface Recorded {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface AlarmStateSet {
  readonly value: StateValue;
  readonly reason: string;
}

export interface AlarmOperations {
  readonly DescribeAlarms: Operation<DescribeAlarmsInput, DescribeAlarmsOutput>;
  readonly SetAlarmState: Operation<SetAlarmStateInput, Record<string, never>>;
}

/** Shows the alarms that templates made, and sets one off as an operator may; nothing evaluates them by itself. */
export function createAlarmOperations(
  alarms: readonly Recorded[],
  states: Map<Recorded, AlarmStateSet>,
): AlarmOperations {
  const here = ({ account, region }: CallContext) =>
    alarms.filter((alarm) => alarm.account === account && alarm.region === region);
  return {
    DescribeAlarms: {
      permissions: (_input, context) => [{ action: 'cloudwatch:DescribeAlarms', resource: toArn('*', context) }],
      handle: ({ AlarmNamePrefix = '', AlarmNames }, context) => ({
        MetricAlarms: here(context)
          .filter(({ name }) => (AlarmNames ? AlarmNames.includes(name) : name.startsWith(AlarmNamePrefix)))
          .map((alarm) => ({
            AlarmName: alarm.name,
            AlarmArn: toArn(alarm.name, context),
            AlarmDescription: textOf(alarm.properties['AlarmDescription']),
            ActionsEnabled: alarm.properties['ActionsEnabled'] !== false,
            AlarmActions: listOf(alarm.properties['AlarmActions']),
            StateValue: states.get(alarm)?.value ?? 'OK',
            StateReason: states.get(alarm)?.reason ?? 'The sandbox evaluates no alarms.',
          })),
      }),
    },
    SetAlarmState: {
      permissions: ({ AlarmName = '*' }, context) => [
        { action: 'cloudwatch:SetAlarmState', resource: toArn(AlarmName, context) },
      ],
      handle: ({ AlarmName = '', StateValue = 'OK', StateReason = '' }, context) => {
        const alarm = here(context).find(({ name }) => name === AlarmName);
        if (!alarm) throw new AwsError('ResourceNotFound', `Alarm ${AlarmName} does not exist`, 404);
        states.set(alarm, { value: StateValue, reason: StateReason });
        return {};
      },
    },
  };
}

function toArn(name: string, { world, account, region }: CallContext): string {
  return `arn:${world.partition}:cloudwatch:${region}:${account}:alarm:${name}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
