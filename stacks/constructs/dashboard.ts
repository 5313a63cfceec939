import { Duration } from 'aws-cdk-lib';
import {
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  MathExpression,
  Metric,
  PeriodOverride,
  SingleValueWidget,
  Stats,
  TextWidget,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../../src/aws/cloudwatch/emf-metrics';
import type { Configuration } from '../../src/core/configuration/schema/configuration-schema';
import { toDetectionNames } from '../../src/core/configuration/names/detection-names';
import { hasDetector } from '../../src/core/configuration/has-detector';
import type { Metric as OwnMetric } from '../../src/flow/ports';
import type { FindingQueue } from './finding-queue';

export interface DashboardProps {
  readonly configuration: Configuration;
  readonly source: FindingQueue;
  readonly ledger: Table;
  readonly functions: readonly IFunction[];
  readonly orchestrator: IFunction;
}

const PERIOD = Duration.hours(1);
const WIDTH = 8;

/** What docs/cost.md counts for a plain close and for its undo. CloudWatch knows nothing of the steps of SSM. */
const DOLLARS = { close: 0.00223, undo: 0.00225 } as const;

const TEXT =
  'Closings, undoings, failures, questions and re-openings are metrics of Portcullis, counted since the dashboard is ' +
  'switched on; a metric that never was sent has no line. Questions that wait are counted each hour; which they are ' +
  'is in `portcullis questions`. The price is that of plain closings: each port range that is kept open adds $0.002.';

/**
 * What happened in the last week, for who leads and who operates. A dashboard costs $3 a month beyond the account's
 * third: https://aws.amazon.com/cloudwatch/pricing/
 */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: props.configuration.prefix,
      defaultInterval: Duration.days(7),
      periodOverride: PeriodOverride.INHERIT,
      widgets: [
        [new TextWidget({ markdown: TEXT, width: 3 * WIDTH, height: 2 })],
        [inSum('In the time shown', happened(props)), inSum('Price so far, in US dollars', [price()])],
        [
          graph('What happened', happened(props)),
          graph('Seconds from begin to end of a closing', [
            own('SecondsToClose', 'median', 'p50'),
            own('SecondsToClose', 'p90', 'p90'),
          ]),
          graph('Waiting', waiting(props)),
        ],
        [
          graph(
            'Age of the oldest message, in seconds',
            queuesOf(props).map(({ name }) => ofQueue('ApproximateAgeOfOldestMessage', name, Stats.MAXIMUM)),
          ),
          graph(
            'Dead letters',
            queuesOf(props).map(({ deadLetters }) =>
              ofQueue('ApproximateNumberOfMessagesVisible', deadLetters, Stats.MAXIMUM),
            ),
          ),
          graph('Throttled', throttled(props)),
        ],
      ],
    });
  }
}

function happened({ source, configuration }: DashboardProps): IMetric[] {
  return [
    source.queue.metricNumberOfMessagesSent({ period: PERIOD, statistic: Stats.SUM, label: 'findings and clicks' }),
    own('SecondsToClose', 'closed', Stats.SAMPLE_COUNT),
    own('ClosingsUndone', 'undone', Stats.SUM),
    own('RemediationFailures', 'failed', Stats.SUM),
    own('QuestionsAsked', 'asked', Stats.SUM),
    ...(hasDetector(configuration) ? [own('IngressReopened', 're-opened', Stats.SUM)] : []),
  ];
}

function waiting({ source, orchestrator }: DashboardProps): IMetric[] {
  return [
    source.queue.metricApproximateNumberOfMessagesVisible({
      period: PERIOD,
      statistic: Stats.MAXIMUM,
      label: 'messages of findings',
    }),
    waitingForDecision(),
    // https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html
    orchestrator.metric('ApproximateRunningDurableExecutions', {
      period: PERIOD,
      statistic: Stats.MAXIMUM,
      label: 'remediations that run',
    }),
  ];
}

/** Counted each hour, and not sent where nothing waits: an hour without it is one of none. */
function waitingForDecision(): IMetric {
  return new MathExpression({
    expression: 'FILL(waiting, 0)',
    usingMetrics: { waiting: own('QuestionsWaiting', 'questions', Stats.MAXIMUM) },
    label: 'questions that wait for a person',
    period: PERIOD,
  });
}

/** A sum of series leaves out those without data; adding two of them would have none then. */
function price(): IMetric {
  const times = (id: string, metric: IMetric, dollars: number) =>
    new MathExpression({ expression: `${id} * ${String(dollars)}`, usingMetrics: { [id]: metric }, period: PERIOD });
  return new MathExpression({
    expression: 'SUM([closings, undoings])',
    usingMetrics: {
      closings: times('closed', own('SecondsToClose', 'closed', Stats.SAMPLE_COUNT), DOLLARS.close),
      undoings: times('undone', own('ClosingsUndone', 'undone', Stats.SUM), DOLLARS.undo),
    },
    label: 'closings and undoings',
    period: PERIOD,
  });
}

/** The detector is of another stack, and its queues are known by name. */
function queuesOf({ configuration, source }: DashboardProps): readonly { name: string; deadLetters: string }[] {
  const detection = toDetectionNames(configuration.prefix);
  return [
    { name: source.queue.queueName, deadLetters: source.deadLetters.queueName },
    ...(hasDetector(configuration) ? [{ name: detection.changes, deadLetters: detection.deadLetters }] : []),
  ];
}

function ofQueue(metricName: string, QueueName: string, statistic: string): IMetric {
  return new Metric({ namespace: 'AWS/SQS', metricName, dimensionsMap: { QueueName }, statistic, period: PERIOD });
}

function throttled({ functions, ledger }: DashboardProps): IMetric[] {
  const ofTable = (metricName: string) =>
    ledger.metric(metricName, { period: PERIOD, statistic: Stats.SUM, label: `ledger, ${metricName}` });
  return [
    ...functions.map((each) => each.metricThrottles({ period: PERIOD })),
    ofTable('ReadThrottleEvents'),
    ofTable('WriteThrottleEvents'),
  ];
}

function own(metricName: OwnMetric, label: string, statistic: string): IMetric {
  return new Metric({ namespace: METRIC_NAMESPACE, metricName, label, statistic, period: PERIOD });
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: WIDTH, height: 6, leftYAxis: { min: 0 } });
}

/** One figure for all of the time that the dashboard shows. */
function inSum(title: string, metrics: IMetric[]): SingleValueWidget {
  const width = metrics.length > 1 ? 2 * WIDTH : WIDTH;
  return new SingleValueWidget({ title, metrics, width, height: 4, setPeriodToTimeRange: true });
}
