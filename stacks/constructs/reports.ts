import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Aws, Duration, Size, Stack } from 'aws-cdk-lib';
import { Stats, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DECIDING_FILE } from '../../src/core/configuration/bundled-files';
import type { Configuration } from '../../src/core/configuration/schema/configuration-schema';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { toDeciding } from '../../src/core/configuration/to-deciding';
import { toReportNames } from '../../src/core/configuration/names/report-names';
import { explainWildcard } from '../explain-wildcard';
import { addAlarm } from './alarms';
import { AuditorRole } from './auditor-role';
import { BundledFunction } from './bundled-function';
import { readFindings } from './hub-permissions';
import { ReportBucket } from './report-bucket';
import { securityHubEnvironment } from './security-hub-environment';
import { startOnSchedule } from './start-on-schedule';

export interface ReportsProps {
  readonly configuration: Configuration;
  readonly reports: NonNullable<Configuration['reports']>;
  readonly names: DeploymentNames;
  readonly ledger: Table;
  readonly bus: EventBus;
  readonly topic: ITopic;
  readonly deadLetters: IQueue;
}

/** The longest that a function may take: Security Hub gives 300 findings a second. */
const TIMEOUT = Duration.minutes(15);

/** All formats of 200,000 findings, and what is captured of them meanwhile. */
const DISK = Size.gibibytes(3);

const PAGE = join(__dirname, '..', '..', 'src', 'core', 'reporting', 'html');
const PAGE_FILES = ['report.css', 'report.js'];

/** Reports on a schedule: a function, the bucket that it writes to, and the schedule that starts it. */
export class Reports extends Construct {
  constructor(scope: Construct, id: string, props: ReportsProps) {
    super(scope, id);
    const { configuration, reports, names, ledger, bus, topic, deadLetters } = props;
    const own = toReportNames(configuration.prefix);
    const { bucket } = new ReportBucket(this, 'Kept', { names: own, ...reports });
    const bundled = new BundledFunction(this, 'Bundled', {
      name: own.function,
      roleName: own.functionRole,
      description: 'Makes the report that is due, and puts it into the bucket',
      entry: 'reporter.ts',
      timeout: TIMEOUT,
      logRetentionDays: configuration.logRetentionDays,
      deadLetters,
      ephemeralStorage: DISK,
      // The styles and the script of the page, and what decides, to say what the policy would do.
      files: {
        ...Object.fromEntries(PAGE_FILES.map((name) => [name, readFileSync(join(PAGE, name), 'utf8')])),
        [DECIDING_FILE]: JSON.stringify(toDeciding(configuration)),
      },
      environment: {
        PORTCULLIS_LEDGER_TABLE: ledger.tableName,
        PORTCULLIS_BUS_NAME: bus.eventBusName,
        PORTCULLIS_REPORT_BUCKET: bucket.bucketName,
        PORTCULLIS_REPORT_FORMATS: reports.formats.join(','),
        PORTCULLIS_REPORT_DUE: JSON.stringify(reports.due),
        ...securityHubEnvironment(configuration),
      },
    });
    if (reports.auditors !== undefined) {
      const { organizationId } = configuration;
      const { account, region } = Stack.of(this);
      const bucketName = own.bucket(account, region);
      new AuditorRole(this, 'Auditors', { names: own, bucketName, accounts: reports.auditors, organizationId });
    }
    grant(bundled.role, own.bucket(Stack.of(this).account, Stack.of(this).region), props);
    startOnSchedule(this, {
      functionArn: bundled.function.functionArn,
      roleName: own.starterRole,
      description: `Starts ${own.function} when a report is due`,
      sid: 'StartReporter',
      names,
      expression: reports.schedule,
      schedules: [{ id: 'Schedule', name: own.schedule }],
    });
    addAlarm(this, names, topic, {
      purpose: 'ReportsFailed',
      description:
        `${own.function} fails: its log group says why. There is no report of that time; invoke the function to have ` +
        'one made when it is mended.',
      metric: errorsOf(bundled.function),
      threshold: 1,
    });
  }
}

function grant(role: Role, bucketName: string, { configuration, ledger, bus }: ReportsProps): void {
  const statements = [
    readFindings(role, configuration.securityHub),
    new PolicyStatement({ sid: 'ReadLedger', actions: ['dynamodb:Scan'], resources: [ledger.tableArn] }),
    new PolicyStatement({
      sid: 'KeepReports',
      // Reading is what a link carries: whoever follows it reads as this role.
      actions: ['s3:PutObject', 's3:GetObject'],
      resources: [`arn:${Aws.PARTITION}:s3:::${bucketName}/*`],
    }),
    new PolicyStatement({ sid: 'PublishEvents', actions: ['events:PutEvents'], resources: [bus.eventBusArn] }),
  ];
  for (const statement of statements) role.addToPolicy(statement);
  explainWildcard(
    role,
    `arn:<AWS::Partition>:s3:::${bucketName}/*`,
    'Reports are named for the day and time of their making.',
  );
}

function errorsOf(target: IFunction): Metric {
  return target.metricErrors({ period: Duration.minutes(5), statistic: Stats.SUM });
}
