import { Aws, Duration, Fn, Validations, type CfnCondition } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DetectionNames } from '../../src/core/configuration/names/detection-names';
import { changesNotBy } from './change-pattern';
import { conditionOn } from './runbook-role';

export interface ChangeForwarderProps {
  readonly names: DetectionNames;
  /** Name of the role by which runbooks change targets: its calls are not forwarded. */
  readonly runbookRole: string;
  readonly condition: CfnCondition;
  readonly hubAccount: string;
  readonly hubRegion: string;
}

/**
 * Sends changes of this account and Region to the hub's bus, with a role that can do nothing else; what does not get
 * there waits in a queue here. The role is global, the rule and the queue are of each Region.
 */
export class ChangeForwarder extends Construct {
  constructor(scope: Construct, id: string, props: ChangeForwarderProps) {
    super(scope, id);
    const { names, runbookRole, condition, hubAccount, hubRegion } = props;
    const arn = (service: string, resource: string, region = '', account: string = Aws.ACCOUNT_ID) =>
      `arn:${Aws.PARTITION}:${service}:${region}:${account}:${resource}`;
    const bus = arn('events', `event-bus/${names.bus}`, hubRegion, hubAccount);
    const role = new Role(this, 'Role', {
      roleName: names.forwarderRole,
      description: 'Taken on by EventBridge to put changes onto the bus of the hub account',
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': arn('events', `rule/${names.forwarderRule}`, '*') },
        },
      }),
      inlinePolicies: {
        Forward: new PolicyDocument({
          statements: [new PolicyStatement({ sid: 'Forward', actions: ['events:PutEvents'], resources: [bus] })],
        }),
      },
    });
    conditionOn(role, condition);

    const deadLetters = new Queue(this, 'DeadLetters', {
      queueName: names.forwarderDeadLetters,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(deadLetters).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the dead-letter queue of the rule below.',
    });
    const rule = new CfnRule(this, 'Rule', {
      name: names.forwarderRule,
      description: 'Changes of security groups and network ACLs, for the detector of Portcullis',
      eventPattern: changesNotBy(arn('iam', `role/${runbookRole}`)),
      targets: [
        {
          id: 'Hub',
          arn: bus,
          // Where the role is made it must be there first; a DependsOn on what one Region makes may not hold elsewhere.
          roleArn: Fn.conditionIf(
            condition.logicalId,
            role.roleArn,
            arn('iam', `role/${names.forwarderRole}`),
          ).toString(),
          deadLetterConfig: { arn: deadLetters.queueArn },
        },
      ],
    });
    deadLetters.addToResourcePolicy(
      new PolicyStatement({
        sid: 'OnlyThisRule',
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [deadLetters.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
      }),
    );
  }
}
