import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { schedulerPrincipal } from './scheduler-principal';

export interface StartedOnSchedule {
  /** Of the function, or of an alias: durable functions are started through one. */
  readonly functionArn: string;
  readonly roleName: string;
  readonly description: string;
  /** Of the statement that lets the role start the function. */
  readonly sid: string;
  readonly names: DeploymentNames;
  /** When, as EventBridge Scheduler writes it. */
  readonly expression: string;
  readonly schedules: readonly {
    /** Of the construct. */
    readonly id: string;
    readonly name: string;
    /** JSON; missing for what Scheduler sends by itself. */
    readonly input?: string;
  }[];
}

/** Has Scheduler start a function when it is due, in the group of all of ours, which the role trusts. */
export function startOnSchedule(
  scope: Construct,
  { functionArn, roleName, description, sid, names, expression, schedules }: StartedOnSchedule,
): void {
  const role = new Role(scope, 'Starter', {
    roleName,
    description,
    assumedBy: schedulerPrincipal(Stack.of(scope), names),
  });
  role.addToPolicy(new PolicyStatement({ sid, actions: ['lambda:InvokeFunction'], resources: [functionArn] }));
  for (const { id, name, input } of schedules) {
    const made = new CfnSchedule(scope, id, {
      name,
      groupName: names.scheduleGroup,
      scheduleExpression: expression,
      flexibleTimeWindow: { mode: 'OFF' },
      target: { arn: functionArn, roleArn: role.roleArn, ...(input === undefined ? {} : { input }) },
    });
    made.node.addDependency(role);
  }
}
