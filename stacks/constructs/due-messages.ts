import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { explainWildcard } from '../explain-wildcard';
import type { FindingQueue } from './finding-queue';
import { schedulerPrincipal } from './scheduler-principal';

export interface DueMessagesProps {
  readonly names: DeploymentNames;
  readonly destination: FindingQueue;
}

/**
 * What is due later comes back as a message: a group of schedules, and a role that sends to the queue and to its dead
 * letters, and does nothing else. Functions make the schedules at run time.
 */
export class DueMessages extends Construct {
  readonly #group: CfnScheduleGroup;
  readonly #role: Role;
  readonly #destination: FindingQueue;

  constructor(scope: Construct, id: string, { names, destination }: DueMessagesProps) {
    super(scope, id);
    const stack = Stack.of(this);
    this.#destination = destination;
    this.#group = new CfnScheduleGroup(this, 'Group', { name: names.scheduleGroup });
    this.#role = new Role(this, 'Role', {
      roleName: names.roles.scheduler,
      description: 'Sends what is due to the queue of Portcullis',
      assumedBy: schedulerPrincipal(stack, names),
    });
    this.#role.addToPolicy(
      new PolicyStatement({
        sid: 'SendWhatIsDue',
        actions: ['sqs:SendMessage'],
        resources: [destination.queue.queueArn, destination.deadLetters.queueArn],
      }),
    );
  }

  /** What a function must know to make schedules. */
  get environment(): Readonly<Record<string, string>> {
    return {
      PORTCULLIS_SCHEDULE_GROUP: this.#group.ref,
      PORTCULLIS_SCHEDULER_ROLE_ARN: this.#role.roleArn,
      PORTCULLIS_QUEUE_ARN: this.#destination.queue.queueArn,
      PORTCULLIS_DEAD_LETTER_QUEUE_ARN: this.#destination.deadLetters.queueArn,
    };
  }

  /** Lets schedules send to another queue of the account as well. */
  alsoTo(queueArn: string): void {
    this.#role.addToPolicy(
      new PolicyStatement({ sid: 'SendRechecks', actions: ['sqs:SendMessage'], resources: [queueArn] }),
    );
  }

  /**
   * What comes again and again: a message that names the time that it was to be sent at.
   * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
   */
  every(expression: string, what: string): void {
    const { queue, deadLetters } = this.#destination;
    new CfnSchedule(this, what, {
      name: `every-${what}`,
      groupName: this.#group.ref,
      scheduleExpression: expression,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: queue.queueArn,
        roleArn: this.#role.roleArn,
        input: JSON.stringify({ kind: 'due', what, id: '<aws.scheduler.scheduled-time>' }),
        deadLetterConfig: { arn: deadLetters.queueArn },
      },
    });
  }

  /** Lets a function make one-time schedules in our group, with the one role, or take them back. */
  grant(role: Role, ...actions: readonly ('scheduler:CreateSchedule' | 'scheduler:DeleteSchedule')[]): void {
    const stack = Stack.of(this);
    const schedules = stack.formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: `${this.#group.name ?? ''}/*`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    role.addToPolicy(new PolicyStatement({ sid: 'ScheduleWhatIsDue', actions: [...actions], resources: [schedules] }));
    explainWildcard(
      role,
      `arn:<AWS::Partition>:scheduler:${stack.region}:${stack.account}:schedule/${this.#group.name ?? ''}/*`,
      'Schedules are named for what is due; the group holds nothing else.',
    );
    if (!actions.includes('scheduler:CreateSchedule')) return;
    role.addToPolicy(
      new PolicyStatement({
        sid: 'PassTheSender',
        actions: ['iam:PassRole'],
        resources: [this.#role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      }),
    );
  }
}
