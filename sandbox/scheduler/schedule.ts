import type { CreateScheduleInput } from '@aws-sdk/client-scheduler';

import type { World } from '../runtime/world';

export interface Place {
  readonly world: World;
  readonly account: string;
  readonly region: string;
}

export interface Schedule {
  readonly arn: string;
  readonly name: string;
  readonly groupName: string;
  readonly input: CreateScheduleInput;
  readonly createdMillis: number;
  readonly modifiedMillis: number;
}

/** The ARN that permissions name, whether there is such a schedule or not. */
export function scheduleArn({ world, account, region }: Place, groupName: string, name: string): string {
  return `arn:${world.partition}:scheduler:${region}:${account}:schedule/${groupName}/${name}`;
}

/** The ARN of a group, which is also what a schedule's role is assumed for. */
export function scheduleGroupArn({ world, account, region }: Place, name: string): string {
  return `arn:${world.partition}:scheduler:${region}:${account}:schedule-group/${name}`;
}
