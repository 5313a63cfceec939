import { Duration } from 'aws-cdk-lib';
import { CfnRule, type EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { NotificationNames } from '../../src/core/configuration/names/notification-names';
import type { ChannelName } from '../../src/core/messages/channel-name';
import { MAX_NOTICE_DELIVERIES, NOTIFIER_TIMEOUT_SECONDS } from '../../src/flow/limits';

export interface ChannelQueueProps {
  readonly channel: ChannelName;
  readonly names: NotificationNames;
  readonly bus: EventBus;
}

/**
 * The way from the bus to the notifier for one channel: a rule that takes every event, a queue, and one for what the
 * receiver did not take. A channel that is out of order holds up no other one.
 */
export class ChannelQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { channel, names, bus }: ChannelQueueProps) {
    super(scope, id);
    const closed = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...closed,
      queueName: names.deadLetters(channel),
      // A message keeps its age when it moves here, so this must be longer than the other queue's 4 days.
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, 'Queue', {
      ...closed,
      queueName: names.queue(channel),
      retentionPeriod: Duration.days(4),
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html: six times the function's time-out.
      visibilityTimeout: Duration.seconds(6 * NOTIFIER_TIMEOUT_SECONDS),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_NOTICE_DELIVERIES },
    });
    const rule = new CfnRule(this, 'Rule', {
      name: names.rule(channel),
      description: `What Portcullis did, to the queue of ${channel}`,
      eventBusName: bus.eventBusName,
      eventPattern: { source: ['portcullis'] },
      targets: [{ id: 'Queue', arn: this.queue.queueArn, deadLetterConfig: { arn: this.deadLetters.queueArn } }],
    });
    for (const queue of [this.queue, this.deadLetters]) {
      queue.addToResourcePolicy(
        new PolicyStatement({
          sid: 'OnlyThisRule',
          principals: [new ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn],
          conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
        }),
      );
    }
  }
}
