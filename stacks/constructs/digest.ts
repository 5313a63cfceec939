import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Configuration } from '../../src/core/configuration/schema/configuration-schema';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { toDigestNames } from '../../src/core/configuration/names/digest-names';
import { addAlarm } from './alarms';
import { BundledFunction } from './bundled-function';
import { startOnSchedule } from './start-on-schedule';

export interface DigestProps {
  readonly configuration: Configuration;
  /** When, as EventBridge Scheduler writes it. */
  readonly schedule: string;
  readonly whenQuiet: boolean;
  readonly names: DeploymentNames;
  readonly ledger: Table;
  /** The queue of mail. */
  readonly queue: IQueue;
  readonly topic: ITopic;
  readonly deadLetters: IQueue;
}

/** The digest on a schedule: a function that reads the ledger and puts a message into the queue of mail. */
export class MailDigest extends Construct {
  constructor(scope: Construct, id: string, props: DigestProps) {
    super(scope, id);
    const { configuration, names, ledger, queue, topic, deadLetters, schedule, whenQuiet } = props;
    const own = toDigestNames(configuration.prefix);
    const bundled = new BundledFunction(this, 'Bundled', {
      name: own.function,
      roleName: own.functionRole,
      description: 'Makes the digest that is due, and has it mailed',
      entry: 'digester.ts',
      // It reads the whole ledger.
      timeout: Duration.minutes(15),
      logRetentionDays: configuration.logRetentionDays,
      deadLetters,
      environment: {
        PORTCULLIS_LEDGER_TABLE: ledger.tableName,
        PORTCULLIS_MAIL_QUEUE_URL: queue.queueUrl,
        PORTCULLIS_DIGEST_WHEN_QUIET: String(whenQuiet),
      },
    });
    for (const statement of [
      new PolicyStatement({ sid: 'ReadLedger', actions: ['dynamodb:Scan'], resources: [ledger.tableArn] }),
      new PolicyStatement({ sid: 'MailTheDigest', actions: ['sqs:SendMessage'], resources: [queue.queueArn] }),
    ]) {
      bundled.role.addToPolicy(statement);
    }
    startOnSchedule(this, {
      functionArn: bundled.function.functionArn,
      roleName: own.starterRole,
      description: `Starts ${own.function} when a digest is due`,
      sid: 'StartDigester',
      names,
      expression: schedule,
      // https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
      schedules: [
        {
          id: 'Schedule',
          name: own.schedule,
          input: JSON.stringify({ scheduledAt: '<aws.scheduler.scheduled-time>' }),
        },
      ],
    });
    addAlarm(this, names, topic, {
      purpose: 'DigestFailed',
      description:
        `${own.function} fails: its log group says why. There was no digest; the next one goes from where the last ` +
        'one ended, or invoke the function to have one now.',
      metric: bundled.function.metricErrors({ period: Duration.minutes(5), statistic: Stats.SUM }),
      threshold: 1,
    });
  }
}
