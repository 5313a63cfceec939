import { Duration, Stack } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { NOTICE_PREFIX } from '../../src/aws/ledger/ledger-keys';
import { CHANNELS_FILE } from '../../src/core/configuration/bundled-files';
import type { Configuration } from '../../src/core/configuration/schema/configuration-schema';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { toNotificationNames, type NotificationNames } from '../../src/core/configuration/names/notification-names';
import { renderChannels, toChannels, type ConfiguredChannel } from '../../src/core/configuration/to-channels';
import type { ChannelName } from '../../src/core/messages/channel-name';
import { NOTIFIER_TIMEOUT_SECONDS } from '../../src/flow/limits';
import { addAlarm } from './alarms';
import { BundledFunction } from './bundled-function';
import { ChannelQueue } from './channel-queue';
import { secretsAccess } from './secrets-access';
import { ticketAccess } from './ticket-access';

export interface NotificationsProps {
  readonly configuration: Configuration;
  readonly names: DeploymentNames;
  readonly ledger: Table;
  readonly bus: EventBus;
  readonly topic: ITopic;
}

const PERIOD = Duration.minutes(5);

/**
 * From the bus to whoever is notified: a rule and a queue a channel, and one function that speaks to all of them. Made
 * only where a channel is configured.
 */
export class Notifications extends Construct {
  /** By channel, for who sends tests. */
  readonly queues: ReadonlyMap<ChannelName, ChannelQueue>;
  readonly notifier: IFunction;
  readonly #mailTopic: Topic | undefined;

  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id);
    const { configuration, names, bus, topic } = props;
    const own = toNotificationNames(configuration.prefix);
    const channels = toChannels(configuration.notifications ?? {});
    this.queues = new Map(
      channels.map(({ name }) => [name, new ChannelQueue(this, name, { channel: name, names: own, bus })]),
    );
    const { addresses } = configuration.notifications?.email ?? {};
    this.#mailTopic = addresses && this.#makeMailTopic(own, addresses);
    this.notifier = this.#notifier(props, own, channels);
    for (const [channel, { deadLetters }] of this.queues) {
      addAlarm(this, names, topic, {
        purpose: own.alarm(channel),
        description:
          `Messages wait in ${own.deadLetters(channel)} that ${channel} did not take: the message's ` +
          `PortcullisReason or the log group of ${own.function} says why. docs/notifications.md says how they ` +
          'are sent again.',
        metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM }),
        threshold: 1,
      });
    }
    addAlarm(this, names, topic, {
      purpose: 'NotifierErrors',
      description:
        `${own.function} fails: its log group says why. ` + 'Messages return to the queues of channels meanwhile.',
      metric: this.notifier.metricErrors({ period: PERIOD }),
      threshold: 1,
    });
  }

  #notifier(
    { configuration, ledger }: NotificationsProps,
    names: NotificationNames,
    channels: readonly ConfiguredChannel[],
  ): IFunction {
    const queues = channels.map(({ name }) => {
      const { queue, deadLetters } = this.#queueOf(name);
      return [name, { queueUrl: queue.queueUrl, deadLetterQueueUrl: deadLetters.queueUrl }];
    });
    const bundled = new BundledFunction(this, 'Bundled', {
      name: names.function,
      roleName: names.functionRole,
      description: 'Notifies the configured channels of what Portcullis did, and what it needs of people',
      entry: 'notifier.ts',
      timeout: Duration.seconds(NOTIFIER_TIMEOUT_SECONDS),
      logRetentionDays: configuration.logRetentionDays,
      environment: {
        PORTCULLIS_LEDGER_TABLE: ledger.tableName,
        PORTCULLIS_CHANNEL_QUEUES: Stack.of(this).toJsonString(Object.fromEntries(queues)),
        ...(this.#mailTopic && { PORTCULLIS_MAIL_TOPIC: this.#mailTopic.topicArn }),
      },
      files: { [CHANNELS_FILE]: renderChannels(configuration) },
    });
    this.#grant(bundled.role, ledger, channels, configuration);
    for (const [channel, { queue }] of this.queues) {
      new EventSourceMapping(this, `${channel}Source`, {
        target: bundled.function,
        eventSourceArn: queue.queueArn,
        // One at a time: each may take as long as its receiver likes.
        batchSize: 1,
        reportBatchItemFailures: true,
        // The least that Lambda takes: receivers allow about one message a second.
        maxConcurrency: 2,
      });
    }
    return bundled.function;
  }

  /** TLS only; nobody but roles of this account that may publish by their own policies. */
  #makeMailTopic({ mailTopic }: NotificationNames, addresses: readonly string[]): Topic {
    const topic = new Topic(this, 'Mail', { topicName: mailTopic, displayName: mailTopic, enforceSSL: true });
    for (const address of addresses) topic.addSubscription(new EmailSubscription(address));
    return topic;
  }

  #queueOf(channel: ChannelName): ChannelQueue {
    const queue = this.queues.get(channel);
    if (!queue) throw new Error(`Channel ${channel} has no queue.`);
    return queue;
  }

  #grant(role: Role, ledger: Table, channels: readonly ConfiguredChannel[], configuration: Configuration): void {
    const queues = [...this.queues.values()];
    const secrets = channels.flatMap(({ settings }) => ('secretName' in settings ? settings.secretName : []));
    const statements = [
      new PolicyStatement({
        sid: 'ConsumeNotices',
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
        resources: queues.map(({ queue }) => queue.queueArn),
      }),
      new PolicyStatement({
        sid: 'SetAsideWhatCannotBeSent',
        actions: ['sqs:SendMessage'],
        resources: queues.map(({ deadLetters }) => deadLetters.queueArn),
      }),
      new PolicyStatement({
        sid: 'RememberWhatWasSent',
        actions: ['dynamodb:UpdateItem'],
        resources: [ledger.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${NOTICE_PREFIX}*`] } },
      }),
      ...(secrets.length === 0 ? [] : [secretsAccess(role, secrets)]),
      ...ticketAccess(role, configuration),
      ...(this.#mailTopic === undefined
        ? []
        : [
            new PolicyStatement({
              sid: 'SendMail',
              actions: ['sns:Publish'],
              resources: [this.#mailTopic.topicArn],
            }),
          ]),
    ];
    for (const statement of statements) role.addToPolicy(statement);
  }
}
