import { Annotations, CfnOutput, Stack, type Environment } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Configuration } from '../src/core/configuration/schema/configuration-schema';
import { doubtsAboutPolicy } from '../src/core/configuration/mistakes/doubts-about-policy';
import { controlsOfInterest } from '../src/core/configuration/controls-of-interest';
import { toDetectionNames } from '../src/core/configuration/names/detection-names';
import type { DeploymentNames } from '../src/core/configuration/names/deployment-names';
import { toNotificationNames } from '../src/core/configuration/names/notification-names';
import { hasSlackButtons, toSlackRights } from '../src/core/configuration/to-slack-rights';
import { toSlackNames } from '../src/core/configuration/names/slack-names';
import { toChannels } from '../src/core/configuration/to-channels';
import { toIsolationNames } from '../src/core/configuration/names/isolation-names';
import { customActionsBy, doubtsAboutHubRegion } from '../src/core/configuration/known-regions';
import { AlarmTopic } from './constructs/alarm-topic';
import { Alarms } from './constructs/alarms';
import { AutomaticRules } from './constructs/automatic-rules';
import { Commands } from './constructs/commands';
import { MailDigest } from './constructs/digest';
import { Dashboard } from './constructs/dashboard';
import { CustomActions } from './constructs/custom-actions';
import { BATCHING_WINDOW, Dispatcher, DISPATCHER_TIMEOUT } from './constructs/dispatcher';
import { DueMessages } from './constructs/due-messages';
import { LIFTED_EXCEPTIONS, RESOLVED_QUESTIONS } from './constructs/finding-patterns';
import { FindingQueue } from './constructs/finding-queue';
import { FindingRules } from './constructs/finding-rules';
import { Insights } from './constructs/insights';
import { LedgerTable } from './constructs/ledger-table';
import { Notifications } from './constructs/notifications';
import { Orchestrator } from './constructs/orchestrator';
import { SlackInteractions } from './constructs/slack-interactions';
import { Reports } from './constructs/reports';
import { ScheduledDrills } from './constructs/scheduled-drills';
import { Sweeper } from './constructs/sweeper';

export interface HubStackProps {
  readonly env: Environment;
  readonly configuration: Configuration;
  readonly names: DeploymentNames;
}

/**
 * The hub account's part, in Security Hub's aggregation Region: custom actions and rules → queue → dispatcher →
 * orchestrator (ledger, bus), commands of people → orchestrator, and the alarms over all of it.
 */
export class HubStack extends Stack {
  constructor(scope: Construct, id: string, { env, configuration, names }: HubStackProps) {
    super(scope, id, { env, description: 'Portcullis: from findings to closed ingress, in the Security Hub account' });

    for (const { id: doubt, message } of doubtsAboutHubRegion(configuration.hub.aggregationRegion)) {
      Annotations.of(this).addWarningV2(`portcullis:${doubt}`, message);
    }
    for (const [index, message] of doubtsAboutPolicy(configuration).entries()) {
      Annotations.of(this).addWarningV2(`portcullis:policy-${String(index)}`, message);
    }
    const source = new FindingQueue(this, 'Findings', {
      names,
      consumerTimeout: DISPATCHER_TIMEOUT,
      batchingWindow: BATCHING_WINDOW,
    });
    const actions = new CustomActions(this, 'CustomActions', {
      names,
      by: customActionsBy(configuration.hub),
      logRetentionDays: configuration.logRetentionDays,
      destination: source,
      isolate: configuration.isolation && toIsolationNames(configuration.prefix).customAction,
    });
    const automatic = new AutomaticRules(this, 'Automatic', {
      names,
      automatic: controlsOfInterest(configuration),
      hasBaseline: configuration.detection?.baseline !== undefined,
      securityHub: configuration.securityHub,
      destination: source,
      aggregationRegion: configuration.hub.aggregationRegion,
    });
    const { securityHub } = configuration;
    const common = { names, securityHub, destination: source };
    const lifted = new FindingRules(this, 'Lifted', { ...common, patterns: LIFTED_EXCEPTIONS });
    const resolved = new FindingRules(this, 'Settled', { ...common, patterns: RESOLVED_QUESTIONS });
    const ofFindings = [...automatic.cspm, ...automatic.v2, ...lifted.rules, ...resolved.rules];
    source.acceptFrom([...actions.all.map(({ rule }) => rule), ...ofFindings].map(({ arn }) => arn));

    const { commands: commandsRole, dispatcher: dispatcherRole, orchestrator: orchestratorRole } = names.roles;
    const rights = hasSlackButtons(configuration) ? toSlackRights(configuration) : undefined;
    const notifiesChannels = toChannels(configuration.notifications ?? {}).length > 0;
    const ledger = new LedgerTable(this, 'Ledger', {
      name: names.ledgerTable,
      writers: [
        ...[commandsRole, dispatcherRole, orchestratorRole, names.roles.sweeper],
        ...(notifiesChannels ? [toNotificationNames(configuration.prefix).functionRole] : []),
        ...(rights ? [toSlackNames(configuration.prefix).functionRole] : []),
      ],
      ...configuration.ledger,
    });
    // No resource policy: without one only roles of this account may put events.
    const bus = new EventBus(this, 'Bus', {
      eventBusName: names.bus,
      description: 'What Portcullis did, for everything that notifies people',
    });
    const due = new DueMessages(this, 'Due', { names, destination: source });
    if (configuration.detection?.sweep !== undefined) due.every(configuration.detection.sweep, 'sweep');
    if (configuration.dashboard) due.every('rate(1 hour)', 'question-count');
    const rechecks = this.formatArn({ service: 'sqs', resource: toDetectionNames(configuration.prefix).changes });
    if (configuration.detection?.watch !== undefined) due.alsoTo(rechecks);
    const orchestrator = new Orchestrator(this, 'Orchestrator', {
      configuration,
      names,
      ledger: ledger.table,
      bus,
      deadLetters: source.deadLetters,
      due,
      rechecks,
    });
    const sweeper = new Sweeper(this, 'Sweeper', {
      configuration,
      names,
      ledger: ledger.table,
      deadLetters: source.deadLetters,
      bus,
      rechecks,
    });
    const dispatcher = new Dispatcher(this, 'Dispatcher', {
      configuration,
      names,
      source,
      ledger: ledger.table,
      orchestrator: orchestrator.alias,
      actions,
      bus,
      sweeper: sweeper.alias,
    });

    if (configuration.insights) new Insights(this, 'Insights', { prefix: configuration.prefix });
    const topic = new AlarmTopic(this, 'AlarmTopic', {
      name: names.alarmTopic,
      ...(configuration.alarmEmail !== undefined && { email: configuration.alarmEmail }),
    });
    const notifications = notifiesChannels
      ? new Notifications(this, 'Notifications', {
          configuration,
          names,
          ledger: ledger.table,
          bus,
          topic: topic.topic,
        })
      : undefined;
    const { slack } = configuration.notifications ?? {};
    if (slack && rights) {
      new SlackInteractions(this, 'Slack', {
        configuration,
        slack,
        rights,
        names,
        ledger: ledger.table,
        source,
        due,
        topic: topic.topic,
      });
    }
    const { email } = configuration.notifications ?? {};
    const mail = notifications?.queues.get('email');
    if (email?.digest !== undefined && mail !== undefined) {
      const digest = new MailDigest(this, 'Digest', {
        configuration,
        schedule: email.digest,
        whenQuiet: email.digestWhenQuiet,
        names,
        ledger: ledger.table,
        queue: mail.queue,
        topic: topic.topic,
        deadLetters: source.deadLetters,
      });
      digest.node.addDependency(due);
    }
    const commands = new Commands(this, 'Commands', {
      configuration,
      names,
      ledger: ledger.table,
      orchestrator: orchestrator.alias,
      channels: notifications?.queues ?? new Map(),
      notifier: notifications?.notifier,
      sweeper: sweeper.alias,
      due,
      bus,
    });
    new Alarms(this, 'Alarms', {
      names,
      topic,
      queue: source,
      actionRules: [...actions.all.map(({ rule }) => rule), ...lifted.rules, ...resolved.rules],
      automatic,
      commands: commands.function,
      dispatcher: dispatcher.function,
      orchestrator: orchestrator.function,
      sweeper: sweeper.function,
    });
    if (configuration.dashboard) {
      new Dashboard(this, 'Dashboard', {
        configuration,
        source,
        ledger: ledger.table,
        functions: [dispatcher.function, orchestrator.function, commands.function, sweeper.function],
        orchestrator: orchestrator.function,
      });
    }
    if (configuration.reports !== undefined) {
      const reports = new Reports(this, 'Reports', {
        configuration,
        reports: configuration.reports,
        names,
        ledger: ledger.table,
        bus,
        topic: topic.topic,
        deadLetters: source.deadLetters,
      });
      reports.node.addDependency(due);
    }
    const { drill } = configuration;
    if (drill?.schedule !== undefined) {
      const drills = new ScheduledDrills(this, 'Drills', {
        configuration,
        drill,
        schedule: drill.schedule,
        names,
        ledger: ledger.table,
        api: commands.api,
        topic: topic.topic,
      });
      drills.node.addDependency(due);
    }
    const { close, preview, undo, accept } = names.customActions;
    new CfnOutput(this, 'CloseActionArn', { value: actions.close.arn, description: `Custom action "${close.name}"` });
    new CfnOutput(this, 'PreviewActionArn', {
      value: actions.preview.arn,
      description: `Custom action "${preview.name}"`,
    });
    new CfnOutput(this, 'UndoActionArn', { value: actions.undo.arn, description: `Custom action "${undo.name}"` });
    new CfnOutput(this, 'AcceptActionArn', {
      value: actions.accept.arn,
      description: `Custom action "${accept.name}"`,
    });
    if (actions.isolate === undefined) return;
    new CfnOutput(this, 'IsolateActionArn', {
      value: actions.isolate.arn,
      description: 'Custom action "Isolate"',
    });
  }
}
