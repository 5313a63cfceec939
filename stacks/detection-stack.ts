import { Aws, Duration, Stack, type Environment } from 'aws-cdk-lib';
import { Metric, Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEventBus, CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Configuration } from '../src/core/configuration/schema/configuration-schema';
import { controlsHeldAgainst } from '../src/core/configuration/controls-held-against';
import { toBaseline } from '../src/core/configuration/to-baseline';
import { isWatching } from '../src/core/configuration/has-detector';
import type { DeploymentNames } from '../src/core/configuration/names/deployment-names';
import type { DetectionNames } from '../src/core/configuration/names/detection-names';
import { METRIC_NAMESPACE } from '../src/aws/cloudwatch/emf-metrics';
import { MAX_DELIVERIES } from '../src/flow/limits';
import type { Metric as OwnMetric } from '../src/flow/ports';
import { addAlarm } from './constructs/alarms';
import { BundledFunction } from './constructs/bundled-function';
import { CHANGE_PATTERN } from './constructs/change-pattern';
import { findingsAccess } from './constructs/hub-permissions';
import { securityHubEnvironment } from './constructs/security-hub-environment';
import { explainWildcard } from './explain-wildcard';
import type { HubStack } from './hub-stack';
import { memberVersion } from './member-template';

export interface DetectionStackProps {
  readonly env: Environment;
  readonly configuration: Configuration;
  readonly names: DeploymentNames;
  readonly detection: DetectionNames;
  /** It makes the topic of alarms. */
  readonly hub: HubStack;
}

/** A dozen calls a target, and ten targets a batch: most of a minute where EC2 throttles. */
const TIMEOUT = Duration.minutes(1);
/** Rules are often changed several at a time, by one deployment. */
const BATCHING_WINDOW = Duration.seconds(1);
const BATCH_SIZE = 10;
/** Members answer, each with quotas of its own: what bounds it is the account's concurrency. */
const MAX_CONCURRENCY = 5;
const PERIOD = Duration.minutes(5);

/**
 * What re-checks single targets, in the hub account: queue → detector, and with CloudTrail before it members' rules →
 * bus (of the organization only). A stack of its own, so that the hub's stays as it is where nobody wants this.
 */
export class DetectionStack extends Stack {
  readonly #names: DetectionNames;

  constructor(scope: Construct, id: string, { env, configuration, names, detection, hub }: DetectionStackProps) {
    super(scope, id, {
      env,
      description: 'Portcullis: targets are read as they change and after they were closed',
    });
    this.#names = detection;
    this.addStackDependency(hub);
    const { changes, deadLetters } = this.#queues();
    if (configuration.detection?.cloudTrail === true) {
      this.#forward(this.#bus(configuration.organizationId), changes, deadLetters);
    }
    const detector = this.#detector(configuration, names, changes, deadLetters);
    const topicArn = this.formatArn({ service: 'sns', resource: names.alarmTopic });
    const topic = Topic.fromTopicArn(this, 'AlarmTopic', topicArn);
    const alarm = (purpose: string, description: string, metric: IMetric) => {
      addAlarm(this, names, topic, { purpose, description, metric, threshold: 1 });
    };
    alarm(
      'ChangesDeadLetters',
      `Changes wait in ${detection.deadLetters} that the detector could not read: the message's ` +
        'PortcullisReason says why.',
      deadLetters.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM }),
    );
    alarm(
      'DetectorErrors',
      `${detection.function} fails: its log group says why. Changes return to the queue meanwhile.`,
      detector.metricErrors({ period: PERIOD }),
    );
    if (configuration.detection?.watch !== undefined) {
      alarm(
        'WatchesFailed',
        'What was closed could not be scheduled to be re-checked: the log group of ' +
          `${names.functions.orchestrator} says why. Sweeps do as well.`,
        ownMetric('WatchesFailed'),
      );
    }
    alarm(
      'DetectionDenied',
      `${detection.function} is denied a call: is the member stack of this version deployed in the account ` +
        'that its log group names, and is the Region enabled there?',
      ownMetric('DetectionDenied'),
    );
  }

  /** Members of the organization put events here with their forwarder's role, and nobody else does. */
  #bus(organizationId: string): CfnEventBus {
    const { bus, forwarderRole } = this.#names;
    return new CfnEventBus(this, 'Bus', {
      name: bus,
      description: 'Changes of security groups and network ACLs, from every account and Region',
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'ForwardersOfTheOrganization',
            Effect: 'Allow',
            Principal: '*',
            Action: 'events:PutEvents',
            Resource: this.formatArn({ service: 'events', resource: 'event-bus', resourceName: bus }),
            Condition: {
              StringEquals: { 'aws:PrincipalOrgID': organizationId },
              ArnLike: { 'aws:PrincipalArn': `arn:${Aws.PARTITION}:iam::*:role/${forwarderRole}` },
            },
          },
        ],
      },
    });
  }

  #queues(): { readonly changes: Queue; readonly deadLetters: Queue } {
    const closed = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    const deadLetters = new Queue(this, 'DeadLetters', {
      ...closed,
      queueName: this.#names.deadLetters,
      // A message keeps its age when it moves here, so this must be longer than the other queue's 4 days.
      retentionPeriod: Duration.days(14),
    });
    const changes = new Queue(this, 'Changes', {
      ...closed,
      queueName: this.#names.changes,
      retentionPeriod: Duration.days(4),
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html: six times the function's time-out,
      // plus the window.
      visibilityTimeout: Duration.seconds(6 * TIMEOUT.toSeconds() + BATCHING_WINDOW.toSeconds()),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: MAX_DELIVERIES },
    });
    return { changes, deadLetters };
  }

  #forward(bus: CfnEventBus, changes: Queue, deadLetters: Queue): void {
    const rule = new CfnRule(this, 'Rule', {
      name: this.#names.rule,
      description: 'Changes that members forward, to the queue of the detector',
      eventBusName: bus.ref,
      eventPattern: CHANGE_PATTERN,
      targets: [{ id: 'Changes', arn: changes.queueArn, deadLetterConfig: { arn: deadLetters.queueArn } }],
    });
    for (const queue of [changes, deadLetters]) {
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

  #detector(configuration: Configuration, names: DeploymentNames, changes: Queue, deadLetters: Queue) {
    const { memberRole, function: name, functionRole: roleName } = this.#names;
    const { prefix, detection, members, organizationId, logRetentionDays } = configuration;
    const baseline = toBaseline(detection);
    const bundled = new BundledFunction(this, 'Detector', {
      name,
      roleName,
      description: 'Reads changed security groups and network ACLs, and imports findings about what they open',
      entry: 'detector.ts',
      timeout: TIMEOUT,
      logRetentionDays,
      environment: {
        PORTCULLIS_PREFIX: prefix,
        PORTCULLIS_DEAD_LETTER_QUEUE_URL: deadLetters.queueUrl,
        PORTCULLIS_MEMBER_ROLE: memberRole,
        PORTCULLIS_MEMBER_VERSION: memberVersion(configuration),
        PORTCULLIS_RUNBOOK_ROLE: names.roles.runbook,
        PORTCULLIS_CONTROLS: controlsHeldAgainst(detection).join(','),
        ...(baseline && { PORTCULLIS_BASELINE: JSON.stringify(baseline) }),
        PORTCULLIS_REGIONS: members.regions.join(','),
        PORTCULLIS_BUS_NAME: names.bus,
        ...(configuration.dashboard && { PORTCULLIS_DASHBOARD: 'true' }),
        ...(isWatching(configuration) && { PORTCULLIS_WATCHES: 'true' }),
        ...securityHubEnvironment(configuration),
        PORTCULLIS_REOPENED_CLOSINGS: String(detection?.reopened.closings ?? ''),
        PORTCULLIS_REOPENED_HOURS: String(detection?.reopened.hours ?? ''),
      },
    });
    const statements = [
      // What was opened again is NEW, or waits for a person; only who has read it back as closed may say RESOLVED.
      ...findingsAccess(bundled.role, configuration.securityHub, ['RESOLVED', 'SUPPRESSED']),
      new PolicyStatement({
        sid: 'PublishEvents',
        actions: ['events:PutEvents'],
        resources: [this.formatArn({ service: 'events', resource: 'event-bus', resourceName: names.bus })],
      }),
      new PolicyStatement({
        sid: 'ConsumeChanges',
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [changes.queueArn],
      }),
      new PolicyStatement({
        sid: 'SetAsideWhatIsUnusable',
        actions: ['sqs:SendMessage'],
        resources: [deadLetters.queueArn],
      }),
      new PolicyStatement({
        sid: 'ReachMembers',
        actions: ['sts:AssumeRole'],
        resources: [`arn:${Aws.PARTITION}:iam::*:role/${memberRole}`],
        conditions: { StringEquals: { 'aws:ResourceOrgID': organizationId } },
      }),
    ];
    for (const statement of statements) bundled.role.addToPolicy(statement);
    explainWildcard(
      bundled.role,
      `arn:<AWS::Partition>:iam::*:role/${memberRole}`,
      'Changes come from every account of the organization; the condition keeps the role inside it.',
    );
    new EventSourceMapping(this, 'Source', {
      target: bundled.function,
      eventSourceArn: changes.queueArn,
      batchSize: BATCH_SIZE,
      maxBatchingWindow: BATCHING_WINDOW,
      reportBatchItemFailures: true,
      maxConcurrency: MAX_CONCURRENCY,
    });
    return bundled.function;
  }
}

function ownMetric(metricName: OwnMetric): IMetric {
  return new Metric({ namespace: METRIC_NAMESPACE, metricName, period: PERIOD, statistic: Stats.SUM });
}
