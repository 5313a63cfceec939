import { Aws, Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { Configuration } from '../../src/core/configuration/schema/configuration-schema';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { closedByThemselves, toDecisions } from '../../src/core/configuration/to-decisions';
import { toPolicy } from '../../src/core/configuration/to-policy';
import { toWatchSeconds } from '../../src/core/configuration/schema/watch-schema';
import { EXECUTION_TIMEOUT_SECONDS } from '../../src/flow/limits';
import { toPolicyMark } from '../../src/core/policy/policy-mark';
import { unitsThatHold } from '../../src/core/policy/units-that-hold';
import { POLICY_FILE } from '../../src/core/configuration/bundled-files';
import { sha256 } from '../../src/aws/sha-256';
import { explainWildcard } from '../explain-wildcard';
import { memberVersion } from '../member-template';
import { BundledFunction } from './bundled-function';
import { grantCheckpoints } from './checkpoint-access';
import type { DueMessages } from './due-messages';
import { findingsAccess } from './hub-permissions';
import { securityHubEnvironment } from './security-hub-environment';

export interface OrchestratorProps {
  readonly configuration: Configuration;
  readonly names: DeploymentNames;
  readonly ledger: Table;
  readonly bus: EventBus;
  readonly deadLetters: IQueue;
  readonly due: DueMessages;
  /** ARN of the queue of what re-checks single targets. */
  readonly rechecks: string;
}

/**
 * The durable function that plans, starts runbooks, reads back and updates findings: one execution works on one target.
 */
export class Orchestrator extends Construct {
  readonly function: NodejsFunction;
  /**
   * Durable functions are started through a version or an alias; a running execution stays in the version it began in.
   */
  readonly alias: Alias;

  constructor(scope: Construct, id: string, props: OrchestratorProps) {
    super(scope, id);
    const { configuration, names, ledger, bus, deadLetters, due, rechecks } = props;
    const policy = toPolicy(configuration);
    const mark = toPolicyMark(closedByThemselves(configuration), policy, sha256);
    new StringParameter(this, 'Policy', {
      parameterName: names.policyParameter,
      description: 'Shows executions of an earlier deployment whether its policy has changed',
      stringValue: mark,
    });
    const bundled = new BundledFunction(this, 'Bundled', {
      name: names.functions.orchestrator,
      roleName: names.roles.orchestrator,
      description: 'Closes ingress of one target and proves it',
      entry: 'orchestrator.ts',
      // One invocation goes from one wait to the next; the waits themselves take no time of it.
      timeout: Duration.minutes(5),
      logRetentionDays: configuration.logRetentionDays,
      durable: {
        executionTimeout: Duration.seconds(EXECUTION_TIMEOUT_SECONDS),
        // To look into what went wrong; what was done is in the ledger.
        retentionPeriod: Duration.days(14),
      },
      deadLetters,
      environment: {
        PORTCULLIS_PREFIX: configuration.prefix,
        PORTCULLIS_LEDGER_TABLE: ledger.tableName,
        PORTCULLIS_BUS_NAME: bus.eventBusName,
        PORTCULLIS_MEMBER_ROLE: names.roles.member,
        PORTCULLIS_RUNBOOK_ROLE: names.roles.runbook,
        PORTCULLIS_MEMBER_VERSION: memberVersion(configuration),
        PORTCULLIS_POLICY_MARK: mark,
        ...(configuration.dashboard && { PORTCULLIS_DASHBOARD: 'true' }),
        ...due.environment,
        ...securityHubEnvironment(configuration),
        ...(configuration.detection?.watch !== undefined && {
          PORTCULLIS_WATCH: Stack.of(this).toJsonString({
            queueArn: rechecks,
            seconds: toWatchSeconds(configuration.detection.watch),
          }),
        }),
      },
      files: { [POLICY_FILE]: JSON.stringify(policy) },
    });
    this.function = bundled.function;
    this.alias = bundled.function.addAlias('live');
    this.#grant(bundled.role, props);
    bundled.role.addToPolicy(
      new PolicyStatement({
        sid: 'SeeWhetherThePolicyChanged',
        actions: ['ssm:GetParameter'],
        resources: [
          Stack.of(this).formatArn({
            service: 'ssm',
            resource: 'parameter',
            resourceName: names.policyParameter.slice(1),
          }),
        ],
      }),
    );
    due.grant(bundled.role, 'scheduler:CreateSchedule');
  }

  #grant(role: Role, { configuration, names, ledger, bus }: OrchestratorProps): void {
    const statements = [
      new PolicyStatement({
        sid: 'ReachMembers',
        actions: ['sts:AssumeRole'],
        resources: [`arn:${Aws.PARTITION}:iam::*:role/${names.roles.member}`],
        conditions: { StringEquals: { 'aws:ResourceOrgID': configuration.organizationId } },
      }),
      ...findingsAccess(role, configuration.securityHub, []),
      new PolicyStatement({
        sid: 'KeepTheLedger',
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'],
        resources: [ledger.tableArn],
      }),
      new PolicyStatement({
        sid: 'PlaceAccounts',
        actions: ['organizations:DescribeAccount'],
        // Accounts belong to the management account, of which nothing here knows:
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
        resources: [`arn:${Aws.PARTITION}:organizations::*:account/${configuration.organizationId}/*`],
      }),
      ...this.#seeUnits(role, configuration),
      new PolicyStatement({
        sid: 'PublishEvents',
        actions: ['events:PutEvents'],
        resources: [bus.eventBusArn],
      }),
    ];
    for (const statement of statements) role.addToPolicy(statement);
    explainWildcard(
      role,
      `arn:<AWS::Partition>:iam::*:role/${names.roles.member}`,
      'Findings come from every account of the organization; the condition keeps the role inside it.',
    );
    explainWildcard(
      role,
      `arn:<AWS::Partition>:organizations::*:account/${configuration.organizationId}/*`,
      'Reading only: findings come from every account of the organization.',
    );
    grantCheckpoints(role, names.functions.orchestrator);
  }

  /** Where the policy keeps units from being closed by itself: whether they exist. */
  #seeUnits(role: Role, configuration: Configuration): readonly PolicyStatement[] {
    const units = unitsThatHold(toDecisions(configuration)).filter((id) => !id.startsWith('r-'));
    if (units.length === 0) return [];
    // They belong to the management account, of which nothing here knows, and may be too many for a policy to name.
    const resource = `organizations::*:ou/${configuration.organizationId}/*`;
    explainWildcard(role, `arn:<AWS::Partition>:${resource}`, 'Reading only: whether the units of the policy exist.');
    return [
      new PolicyStatement({
        sid: 'SeeWhetherUnitsExist',
        actions: ['organizations:DescribeOrganizationalUnit'],
        resources: [`arn:${Aws.PARTITION}:${resource}`],
      }),
    ];
  }
}
