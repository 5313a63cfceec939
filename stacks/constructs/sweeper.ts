import { Aws, Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Configuration } from '../../src/core/configuration/schema/configuration-schema';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { detectionSchema } from '../../src/core/configuration/schema/detection-schema';
import { isWatching } from '../../src/core/configuration/has-detector';
import { toDetectionNames } from '../../src/core/configuration/names/detection-names';
import { toBaseline } from '../../src/core/configuration/to-baseline';
import { explainWildcard } from '../explain-wildcard';
import { memberVersion } from '../member-template';
import { BundledFunction } from './bundled-function';
import { grantCheckpoints } from './checkpoint-access';

export interface SweeperProps {
  readonly configuration: Configuration;
  readonly names: DeploymentNames;
  readonly ledger: Table;
  readonly deadLetters: IQueue;
  readonly bus: EventBus;
  /** ARN of the queue of what re-checks single targets. */
  readonly rechecks: string;
}

/**
 * One step reads sixteen Regions of accounts, a minute where EC2 throttles; the pause after it begins another
 * invocation.
 */
const TIMEOUT = Duration.minutes(10);
/** Thousands of accounts in every Region. */
const EXECUTION_TIMEOUT = Duration.hours(24);

/** The durable function that reads every security group and network ACL of accounts × Regions. It closes nothing. */
export class Sweeper extends Construct {
  readonly function: NodejsFunction;
  /** Durable functions are started through a version or an alias. */
  readonly alias: Alias;

  constructor(scope: Construct, id: string, props: SweeperProps) {
    super(scope, id);
    const { configuration, names, ledger, deadLetters, bus } = props;
    const { changes, memberRole } = toDetectionNames(configuration.prefix);
    const { reopened } = configuration.detection ?? detectionSchema.parse({});
    const baseline = toBaseline(configuration.detection);
    const bundled = new BundledFunction(this, 'Bundled', {
      name: names.functions.sweeper,
      roleName: names.roles.sweeper,
      description: 'Reads every security group and network ACL of accounts and Regions',
      entry: 'sweeper.ts',
      timeout: TIMEOUT,
      logRetentionDays: configuration.logRetentionDays,
      durable: { executionTimeout: EXECUTION_TIMEOUT, retentionPeriod: Duration.days(14) },
      deadLetters,
      environment: {
        PORTCULLIS_LEDGER_TABLE: ledger.tableName,
        PORTCULLIS_MEMBER_ROLE: memberRole,
        PORTCULLIS_MEMBER_VERSION: memberVersion(configuration),
        PORTCULLIS_PREFIX: configuration.prefix,
        PORTCULLIS_BUS_NAME: bus.eventBusName,
        ...(isWatching(configuration) && { PORTCULLIS_RECHECK_QUEUE: changes }),
        PORTCULLIS_REOPENED_CLOSINGS: String(reopened.closings),
        PORTCULLIS_REOPENED_HOURS: String(reopened.hours),
        PORTCULLIS_HUB_ACCOUNT: configuration.hub.account,
        ...(baseline && { PORTCULLIS_BASELINE: JSON.stringify(baseline) }),
      },
    });
    this.function = bundled.function;
    this.alias = bundled.function.addAlias('live');
    grant(bundled.role, props);
  }
}

function grant(role: Role, { configuration, names, ledger, bus, rechecks }: SweeperProps): void {
  const stack = Stack.of(role);
  const { memberRole } = toDetectionNames(configuration.prefix);
  const statements = [
    new PolicyStatement({
      sid: 'ReachMembers',
      actions: ['sts:AssumeRole'],
      resources: [`arn:${Aws.PARTITION}:iam::*:role/${memberRole}`],
      conditions: { StringEquals: { 'aws:ResourceOrgID': configuration.organizationId } },
    }),
    new PolicyStatement({
      sid: 'KnowWhoIsAMember',
      actions: ['securityhub:ListMembers'],
      resources: [stack.formatArn({ service: 'securityhub', resource: 'hub', resourceName: 'default' })],
    }),
    new PolicyStatement({
      sid: 'WriteWhatWasFound',
      actions: ['dynamodb:PutItem'],
      resources: [ledger.tableArn],
    }),
    new PolicyStatement({ sid: 'PublishEvents', actions: ['events:PutEvents'], resources: [bus.eventBusArn] }),
    ...(isWatching(configuration)
      ? [
          new PolicyStatement({
            sid: 'RequestRechecks',
            actions: ['sqs:GetQueueUrl', 'sqs:SendMessage'],
            resources: [rechecks],
          }),
        ]
      : []),
  ];
  for (const statement of statements) role.addToPolicy(statement);
  explainWildcard(
    role,
    `arn:<AWS::Partition>:iam::*:role/${memberRole}`,
    'Every account of the organization is read; the condition keeps the role inside it.',
  );
  grantCheckpoints(role, names.functions.sweeper);
}
