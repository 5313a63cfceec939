import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MAX_DELIVERIES } from '../../src/flow/limits';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';

export interface FindingQueueProps {
  readonly names: DeploymentNames;
  /** The longest that the consumer works on one batch. */
  readonly consumerTimeout: Duration;
  /** How long the consumer waits for a batch to fill. */
  readonly batchingWindow: Duration;
}

/**
 * The way from EventBridge to the dispatcher: one queue for all rules, and one for what could not be delivered or
 * worked on. Encrypted, TLS only. Beside roles of this account only the rules that `acceptFrom` names may send.
 */
export class FindingQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { names, consumerTimeout, batchingWindow }: FindingQueueProps) {
    super(scope, id);
    const closed = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...closed,
      queueName: names.queues.deadLetters,
      // A message keeps its age when it moves here, so this must be longer than the other queue's 4 days.
      retentionPeriod: Duration.days(14),
      redriveAllowPolicy: {
        redrivePermission: RedrivePermission.BY_QUEUE,
        // By name: the two queues would otherwise each wait for the other to exist.
        sourceQueues: [
          Queue.fromQueueArn(
            this,
            'Source',
            Stack.of(this).formatArn({ service: 'sqs', resource: names.queues.findings }),
          ),
        ],
      },
    });
    this.queue = new Queue(this, 'Queue', {
      ...closed,
      queueName: names.queues.findings,
      retentionPeriod: Duration.days(4),
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html: six times the function's time-out,
      // plus the window.
      visibilityTimeout: Duration.seconds(6 * consumerTimeout.toSeconds() + batchingWindow.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_DELIVERIES },
    });
  }

  /** Lets exactly these EventBridge rules send, and leave here what they could not deliver. */
  acceptFrom(ruleArns: readonly string[]): void {
    for (const queue of [this.queue, this.deadLetters]) {
      queue.addToResourcePolicy(
        new PolicyStatement({
          sid: 'OnlyTheseRules',
          principals: [new ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn],
          conditions: { ArnEquals: { 'aws:SourceArn': [...ruleArns] } },
        }),
      );
    }
  }
}
