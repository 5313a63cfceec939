import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { MathExpression, Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Configuration } from '../../src/core/configuration/schema/configuration-schema';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { toDrillNames, type DrillNames } from '../../src/core/configuration/names/drill-names';
import { addAlarm } from './alarms';
import { BundledFunction } from './bundled-function';
import { grantCheckpoints } from './checkpoint-access';
import type { CommandsApi } from './commands-api';
import { startOnSchedule } from './start-on-schedule';

export interface ScheduledDrillsProps {
  readonly configuration: Configuration;
  readonly drill: NonNullable<Configuration['drill']>;
  /** `drill.schedule`. */
  readonly schedule: string;
  readonly names: DeploymentNames;
  readonly ledger: Table;
  readonly api: CommandsApi;
  readonly topic: ITopic;
}

/** A call of AWS and what the SDK tries again. Pauses end an invocation. */
const TIMEOUT = Duration.minutes(5);
/** Findings of another Region and their updates take minutes each; none of it takes hours. */
const EXECUTION_TIMEOUT = Duration.hours(3);
const PERIOD = Duration.minutes(5);

/**
 * Drills with nobody watching: a canary. A durable function that asks and reads as somebody at a terminal would, with a
 * schedule for each account and Region, and an alarm.
 */
export class ScheduledDrills extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledDrillsProps) {
    super(scope, id);
    const { configuration, drill, names, schedule, topic } = props;
    const own = toDrillNames(configuration.prefix);
    const bundled = new BundledFunction(this, 'Bundled', {
      name: own.function,
      roleName: own.function,
      description: 'Drills the deployment in the accounts for drills',
      entry: 'driller.ts',
      timeout: TIMEOUT,
      logRetentionDays: configuration.logRetentionDays,
      durable: { executionTimeout: EXECUTION_TIMEOUT, retentionPeriod: Duration.days(14) },
      environment: { PORTCULLIS_PREFIX: configuration.prefix },
    });
    grant(bundled.role, own, props);
    startOnSchedule(this, {
      functionArn: bundled.function.addAlias('live').functionArn,
      roleName: own.starterRole,
      description: `Starts ${own.function} when a drill is due`,
      sid: 'StartDriller',
      names,
      expression: schedule,
      schedules: drill.accounts.flatMap((account) =>
        (drill.regions ?? [configuration.members.primaryRegion]).map((region) => ({
          id: `Schedule-${account}-${region}`,
          name: own.schedule(account, region),
          input: JSON.stringify({ account, region }),
        })),
      ),
    });
    addAlarm(this, names, topic, {
      purpose: 'DrillsFailed',
      description:
        'A drill did not show what it should: findings may not be closed, and nobody be notified. The log group of ' +
        `${own.function} names the step and the fix; portcullis drill --clean removes what may be left.`,
      metric: failuresOf(bundled.function),
      threshold: 1,
    });
  }
}

/** What docs/security.md lists for people who drill, and no more. */
function grant(role: Role, own: DrillNames, { drill, names, ledger, api }: ScheduledDrillsProps): void {
  const stack = Stack.of(role);
  const statements = [
    new PolicyStatement({
      sid: 'EnterAccountsForDrills',
      actions: ['sts:AssumeRole'],
      resources: drill.accounts.map((account) => `arn:${Aws.PARTITION}:iam::${account}:role/${own.role}`),
    }),
    new PolicyStatement({ sid: 'AskTheCommands', actions: ['execute-api:Invoke'], resources: [api.arn] }),
    new PolicyStatement({
      sid: 'FindTheCommands',
      actions: ['ssm:GetParameter'],
      resources: [
        stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: names.commandsParameter.slice(1) }),
      ],
    }),
    new PolicyStatement({
      sid: 'ReadWhatBecameOfIt',
      actions: ['dynamodb:GetItem', 'dynamodb:Query'],
      resources: [ledger.tableArn],
    }),
    new PolicyStatement({
      sid: 'ReadItsFinding',
      actions: ['securityhub:GetFindings'],
      resources: [stack.formatArn({ service: 'securityhub', resource: 'hub', resourceName: 'default' })],
    }),
  ];
  for (const statement of statements) role.addToPolicy(statement);
  grantCheckpoints(role, own.function);
}

/**
 * However an execution ends that is no success. https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html
 */
function failuresOf(target: IFunction): IMetric {
  const of = (name: string) => target.metric(name, { period: PERIOD, statistic: Stats.SUM });
  return new MathExpression({
    // Without FILL, as in the alarms of rules: a sum of none is missing data, which is not breaching.
    expression: 'SUM(METRICS())',
    label: 'Drills that failed',
    usingMetrics: {
      failed: of('DurableExecutionFailed'),
      timedOut: of('DurableExecutionTimedOut'),
      stopped: of('DurableExecutionStopped'),
    },
    period: PERIOD,
  });
}
