import { Duration } from 'aws-cdk-lib';
import { Alarm, MathExpression, Metric, Stats, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { METRIC_NAMESPACE } from '../../src/aws/cloudwatch/emf-metrics';
import type { Metric as OwnMetric } from '../../src/flow/ports';
import type { AlarmTopic } from './alarm-topic';
import type { FindingQueue } from './finding-queue';
import type { AutomaticRules } from './automatic-rules';
import type { FindingRule } from './finding-rule';

const PERIOD = Duration.minutes(5);

/**
 * Less than two visibility time-outs of the queue: a message that was received three times and not deleted is left out
 * of the metric, and one that keeps failing would never be noticed.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
const LONGEST_WAIT = Duration.minutes(10);

export interface AlarmsProps {
  readonly names: DeploymentNames;
  readonly topic: AlarmTopic;
  readonly queue: FindingQueue;
  readonly actionRules: readonly FindingRule[];
  readonly automatic: AutomaticRules;
  readonly commands: IFunction;
  readonly dispatcher: IFunction;
  readonly orchestrator: IFunction;
  readonly sweeper: IFunction;
}

interface Watched {
  readonly purpose: string;
  /** What happened and what to do, for the person who gets the mail. */
  readonly description: string;
  readonly metric: IMetric;
  readonly threshold: number;
}

/** When Portcullis itself needs help. Every alarm goes to the topic; silence means that nothing is wrong. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    for (const watched of watchedBy(props)) addAlarm(this, props.names, props.topic.topic, watched);
  }
}

/** One of our alarms: raised by the first period that reaches the threshold, sent to the topic; silence is well. */
export function addAlarm(
  scope: Construct,
  names: DeploymentNames,
  topic: ITopic,
  { purpose, description, metric, threshold }: Watched,
): void {
  new Alarm(scope, purpose, {
    alarmName: names.alarm(purpose),
    alarmDescription: description,
    metric,
    threshold,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  }).addAlarmAction(new SnsAction(topic));
}

function watchedBy({
  names,
  queue,
  actionRules,
  automatic,
  commands,
  dispatcher,
  orchestrator,
  sweeper,
}: AlarmsProps): readonly Watched[] {
  return [
    {
      purpose: 'DeadLetters',
      description: `Messages wait in ${names.queues.deadLetters}: nobody works on them until somebody reads why.`,
      metric: queue.deadLetters.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM }),
      threshold: 1,
    },
    {
      purpose: 'FindingsWaitTooLong',
      description:
        `The oldest message in ${names.queues.findings} is more than ${String(LONGEST_WAIT.toMinutes())} ` +
        'minutes old: the dispatcher does not keep up, or Security Hub, the ledger or Lambda throttles it.',
      metric: queue.queue.metricApproximateAgeOfOldestMessage({ period: PERIOD, statistic: Stats.MAXIMUM }),
      threshold: LONGEST_WAIT.toSeconds(),
    },
    {
      purpose: 'ClicksLost',
      description:
        `EventBridge could deliver a custom action neither to ${names.queues.findings} nor to ` +
        `${names.queues.deadLetters}: look at their policies, then choose the action again.`,
      metric: lostBy(actionRules),
      threshold: 1,
    },
    ...watchedRules(names, automatic),
    {
      purpose: 'DispatcherErrors',
      description:
        `${names.functions.dispatcher} fails: its log group says why. ` + 'Messages return to the queue meanwhile.',
      metric: dispatcher.metricErrors({ period: PERIOD }),
      threshold: 1,
    },
    {
      purpose: 'CommandsErrors',
      description:
        `${names.functions.commands} fails: its log group says why. Commands of people are not carried out ` +
        'meanwhile.',
      metric: commands.metricErrors({ period: PERIOD }),
      threshold: 1,
    },
    {
      purpose: 'OrchestratorErrors',
      description: `${names.functions.orchestrator} fails: its log group says why.`,
      metric: orchestrator.metricErrors({ period: PERIOD }),
      threshold: 1,
    },
    // https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html
    {
      purpose: 'RemediationsFailed',
      description:
        'A durable execution failed: its target may still be open. The dead-letter queue holds what started it.',
      metric: orchestrator.metric('DurableExecutionFailed', { period: PERIOD, statistic: Stats.SUM }),
      threshold: 1,
    },
    {
      purpose: 'RemediationsTimedOut',
      description:
        'A durable execution ran out of time: its target may still be open. The dead-letter queue holds what ' +
        'started it.',
      metric: orchestrator.metric('DurableExecutionTimedOut', { period: PERIOD, statistic: Stats.SUM }),
      threshold: 1,
    },
    {
      purpose: 'RemediationsStopped',
      description:
        'Somebody stopped a durable execution: its target may still be open, and its findings say nothing of ' +
        'it. CloudTrail (StopDurableExecution) shows who; choose the action again.',
      metric: orchestrator.metric('DurableExecutionStopped', { period: PERIOD, statistic: Stats.SUM }),
      threshold: 1,
    },
    {
      purpose: 'SweepsFailed',
      description:
        'A sweep failed, and what it had not come to was not read. The dead-letter queue holds what ' +
        'started it: scan again.',
      metric: sweeper.metric('DurableExecutionFailed', { period: PERIOD, statistic: Stats.SUM }),
      threshold: 1,
    },
    {
      purpose: 'EventsRejected',
      description:
        'Events reached the queue that nobody understands or Security Hub does not confirm: they may be forged.',
      metric: ownMetric('EventsRejected'),
      threshold: 1,
    },
    {
      purpose: 'DispatcherDenied',
      description:
        `${names.functions.dispatcher} is denied a call, and its log group says which. Its messages come ` +
        'again four times; then they are dead letters, to be sent again.',
      metric: ownMetric('DispatcherDenied'),
      threshold: 1,
    },
    {
      purpose: 'RemediationsNotVerified',
      description:
        'What a runbook did is not what was planned: a document in a member account may have been replaced. ' +
        'The finding and the log group name the rules. Nothing is closed automatically in the account until: ' +
        'portcullis brake release.',
      metric: ownMetric('RemediationsNotVerified'),
      threshold: 1,
    },
    {
      purpose: 'FindingUpdatesFailed',
      description:
        'Security Hub did not take an update, or does not show a finding that was asked for: it says less ' +
        'than the ledger does.',
      metric: ownMetric('FindingUpdatesFailed'),
      threshold: 1,
    },
    {
      purpose: 'DomainEventsFailed',
      description: `The bus ${names.bus} did not take an event: somebody was not notified.`,
      metric: ownMetric('DomainEventsFailed'),
      threshold: 1,
    },
    {
      purpose: 'GrantsNotEnded',
      description:
        'What was opened for a while is open past its end, or nobody can tell: it is tried again, unless ' +
        'somebody has changed the rule. portcullis grants list names it.',
      metric: ownMetric('GrantsNotEnded'),
      threshold: 1,
    },
    {
      purpose: 'QuestionsFailed',
      description:
        'A question could not be written to the ledger, or its end not be scheduled: it cannot be answered, ' +
        'and does not end. The finding says what is to be decided; Close ingress closes it.',
      metric: ownMetric('QuestionsFailed'),
      threshold: 1,
    },
  ];
}

/** An alarm takes ten metrics, so that the rules of each Security Hub have one of their own. */
function watchedRules({ queues }: DeploymentNames, { cspm, v2 }: AutomaticRules): readonly Watched[] {
  const each = [
    { purpose: 'AutomaticFindingsLost', what: 'a finding', rules: cspm },
    { purpose: 'AutomaticV2FindingsLost', what: 'a finding of Security Hub V2', rules: v2 },
  ];
  return each
    .filter(({ rules }) => rules.length > 0)
    .map(({ purpose, what, rules }) => ({
      purpose,
      description:
        `EventBridge could deliver ${what} neither to ${queues.findings} nor to ` +
        `${queues.deadLetters}: look at their policies. Findings that stayed NEW can be selected and closed.`,
      metric: lostBy(rules),
      threshold: 1,
    }));
}

/**
 * Events that reached not even the dead-letter queue. EventBridge counts them by rule only, and an alarm takes ten
 * metrics.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
function lostBy(rules: readonly FindingRule[]): IMetric {
  const metrics = rules.map(
    ({ name }, index) =>
      [
        `rule${String(index)}`,
        new Metric({
          namespace: 'AWS/Events',
          metricName: 'InvocationsFailedToBeSentToDlq',
          dimensionsMap: { RuleName: name },
          period: PERIOD,
          statistic: Stats.SUM,
        }),
      ] as const,
  );
  return new MathExpression({
    // A metric without data is left out of the sum, and a sum of none is missing data, which is not breaching. FILL
    // would make up the latest value before a late one arrives:
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
    expression: 'SUM(METRICS())',
    label: 'Events that were lost',
    usingMetrics: Object.fromEntries(metrics),
    period: PERIOD,
  });
}

/** One of the metrics that functions of ours count. */
export function ownMetric(metricName: OwnMetric): IMetric {
  return new Metric({ namespace: METRIC_NAMESPACE, metricName, period: PERIOD, statistic: Stats.SUM });
}
