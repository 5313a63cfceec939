import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { METRIC_NAMESPACE } from '../../src/aws/cloudwatch/emf-metrics';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

// Everything that is shown or watched is sent by somebody: by code of ours, in the namespace and with the dimensions
// that it is read by, or by the service that documents it.

const all = synthesize(
  exampleWith({
    dashboard: true,
    detection: { cloudTrail: true, sweep: 'rate(1 day)', watch: ['1h'] },
    reports: { schedule: 'cron(0 6 ? * MON *)' },
    drill: { accounts: ['333333333333'], schedule: 'rate(7 days)' },
    notifications: { slack: { channel: 'C0123ABCD' }, email: { addresses: ['a@example.com'], digest: 'rate(1 day)' } },
  }),
);
const { hub } = all.templates;
const TEMPLATES = [hub, ...(all.detection === undefined ? [] : [Template.fromStack(all.detection)])];

interface Read {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly string[];
}

/** What alarms watch, alone or in a sum. */
function watched(): readonly Read[] {
  return TEMPLATES.flatMap((template) =>
    resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(({ properties }) => {
      const { Metrics } = properties as { readonly Metrics?: readonly { readonly MetricStat?: { Metric: object } }[] };
      const metrics = Metrics?.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) ?? [properties];
      return metrics.map((metric) => {
        const { Namespace, MetricName, Dimensions = [] } = metric as Watched;
        return { namespace: Namespace, name: MetricName, dimensions: Dimensions.map(({ Name }) => Name) };
      });
    }),
  );
}

interface Watched {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string }[];
}

/** What widgets show: a list of namespace, name, and names and values of dimensions, before its options. */
function shown(): readonly Read[] {
  const [dashboard] = resourcesOf(hub, 'AWS::CloudWatch::Dashboard');
  const { 'Fn::Join': joined } = dashboard?.properties['DashboardBody'] as { 'Fn::Join': [string, unknown[]] };
  const body = JSON.parse(joined[1].map((part) => (typeof part === 'string' ? part : 'x')).join('')) as {
    readonly widgets: readonly { readonly properties: { readonly metrics?: readonly (readonly unknown[])[] } }[];
  };
  return body.widgets.flatMap(({ properties }) =>
    (properties.metrics ?? []).flatMap((metric) => {
      const [namespace, name, ...dimensions] = metric.filter((each) => typeof each === 'string');
      return namespace === undefined || name === undefined
        ? []
        : [{ namespace, name, dimensions: dimensions.filter((_each, index) => index % 2 === 0) }];
    }),
  );
}

/** By namespace: what the service sends, and by which dimensions. */
const OF_SERVICES: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
  'AWS/SQS': [
    [/^(ApproximateAgeOfOldestMessage|ApproximateNumberOfMessagesVisible|NumberOfMessagesSent)$/, 'QueueName'],
  ],
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html, …/durable-monitoring.html
  'AWS/Lambda': [
    [/^(Errors|Throttles)$/, 'FunctionName'],
    [/^(DurableExecution(Failed|TimedOut|Stopped)|ApproximateRunningDurableExecutions)$/, 'FunctionName'],
  ],
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
  'AWS/DynamoDB': [[/^(Read|Write)ThrottleEvents$/, 'TableName']],
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
  'AWS/Events': [[/^InvocationsFailedToBeSentToDlq$/, 'RuleName']],
};

const SOURCES = ['src/flow', 'src/aws'].flatMap((directory) =>
  readdirSync(join(__dirname, '..', '..', directory), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('ports/metrics.ts'))
    .map((file) => readFileSync(join(__dirname, '..', '..', directory, file), 'utf8')),
);

/** The dispatcher and the detector each say which metric counts what they are denied. */
const isSent = (name: string): boolean =>
  SOURCES.some((source) =>
    new RegExp(`count\\([^)]*'${name}'|\\['${name}', |MessageProblems\\('${name}'`).test(source),
  ) || SOURCES.some((source) => source.includes(`= '${name}'`));

const READ = [...new Map([...watched(), ...shown()].map((each) => [JSON.stringify(each), each])).values()];

test('alarms and the dashboard read metrics of five namespaces', () => {
  expect([...new Set(READ.map(({ namespace }) => namespace))].sort()).toEqual(
    [...Object.keys(OF_SERVICES), METRIC_NAMESPACE].sort(),
  );
});

test.each(READ)('$namespace $name by $dimensions is sent by somebody', ({ namespace, name, dimensions }) => {
  if (namespace === METRIC_NAMESPACE) {
    // What createEmfMetrics sends has no dimensions.
    expect(dimensions).toEqual([]);
    expect(isSent(name)).toBe(true);
    return;
  }
  const known = OF_SERVICES[namespace]?.find(([names]) => names.test(name));
  expect(dimensions).toEqual([known?.[1]]);
});

test('a metric that nobody sends is distinguished', () => {
  expect(isSent('QuestionsForgotten')).toBe(false);
});
