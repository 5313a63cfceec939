import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type Alias } from 'aws-cdk-lib/aws-lambda';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { QUESTIONS } from '../../src/aws/ledger/ledger-keys';
import type { Configuration } from '../../src/core/configuration/schema/configuration-schema';
import { controlsHeldAgainst } from '../../src/core/configuration/controls-held-against';
import { controlsOfInterest } from '../../src/core/configuration/controls-of-interest';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { FINDINGS_PER_READ } from '../../src/flow/ports';
import { BundledFunction } from './bundled-function';
import type { CustomActions } from './custom-actions';
import type { FindingQueue } from './finding-queue';
import { findingsAccess } from './hub-permissions';
import { orchestratorAccess } from './orchestrator-access';
import { securityHubEnvironment } from './security-hub-environment';

/**
 * Reads findings again, writes requests and starts executions for one batch: seconds, or most of a minute when Security
 * Hub throttles.
 */
export const DISPATCHER_TIMEOUT = Duration.minutes(1);

/** Twenty findings selected at once arrive within a second or two; as few batches are as few GetFindings calls. */
export const BATCHING_WINDOW = Duration.seconds(2);

export interface DispatcherProps {
  readonly configuration: Configuration;
  readonly names: DeploymentNames;
  readonly source: FindingQueue;
  readonly ledger: Table;
  readonly orchestrator: Alias;
  readonly actions: CustomActions;
  readonly bus: EventBus;
  readonly sweeper: Alias;
}

/**
 * Takes findings off the queue, trusts none of them before Security Hub has confirmed it, and starts the orchestrator.
 */
export class Dispatcher extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, props: DispatcherProps) {
    super(scope, id);
    const { configuration, names, source, ledger, orchestrator, actions, bus, sweeper } = props;
    const bundled = new BundledFunction(this, 'Bundled', {
      name: names.functions.dispatcher,
      roleName: names.roles.dispatcher,
      description: 'Checks findings against Security Hub and starts one remediation for each target',
      entry: 'dispatcher.ts',
      timeout: DISPATCHER_TIMEOUT,
      logRetentionDays: configuration.logRetentionDays,
      environment: {
        PORTCULLIS_PREFIX: configuration.prefix,
        PORTCULLIS_LEDGER_TABLE: ledger.tableName,
        PORTCULLIS_ORCHESTRATOR_ARN: orchestrator.functionArn,
        PORTCULLIS_DEAD_LETTER_QUEUE_URL: source.deadLetters.queueUrl,
        PORTCULLIS_BUS_NAME: bus.eventBusName,
        PORTCULLIS_CLOSE_ACTION_ARN: actions.close.arn,
        PORTCULLIS_PREVIEW_ACTION_ARN: actions.preview.arn,
        PORTCULLIS_UNDO_ACTION_ARN: actions.undo.arn,
        PORTCULLIS_ACCEPT_ACTION_ARN: actions.accept.arn,
        ...(actions.isolate && { PORTCULLIS_ISOLATE_ACTION_ARN: actions.isolate.arn }),
        ...securityHubEnvironment(configuration),
        PORTCULLIS_AUTOMATIC_CONTROLS: controlsOfInterest(configuration).join(','),
        ...(configuration.detection?.sweep !== undefined && {
          PORTCULLIS_SCHEDULED_SWEEPS: Stack.of(this).toJsonString({
            sweeperArn: sweeper.functionArn,
            regions: configuration.members.regions,
            controls: controlsHeldAgainst(configuration.detection),
          }),
        }),
      },
    });
    this.function = bundled.function;
    grant(bundled.role, props);
    new EventSourceMapping(this, 'Source', {
      target: bundled.function,
      eventSourceArn: source.queue.queueArn,
      // What one call of GetFindings can ask for: the fewer batches and executions try at once, the fewer are
      // throttled.
      batchSize: FINDINGS_PER_READ,
      maxBatchingWindow: BATCHING_WINDOW,
      reportBatchItemFailures: true,
      // The least that Lambda takes: GetFindings allows 3 calls a second for the whole account.
      maxConcurrency: 2,
    });
  }
}

function grant(
  role: Role,
  { configuration, names, source, ledger, orchestrator, bus, sweeper }: DispatcherProps,
): void {
  const statements = [
    new PolicyStatement({
      sid: 'ConsumeFindings',
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [source.queue.queueArn],
    }),
    new PolicyStatement({
      sid: 'SetAsideWhatIsUnusable',
      actions: ['sqs:SendMessage'],
      resources: [source.deadLetters.queueArn],
    }),
    // It explains on a finding why it cannot act; only the orchestrator, after reading back, may resolve one.
    ...findingsAccess(role, configuration.securityHub, ['RESOLVED', 'SUPPRESSED']),
    new PolicyStatement({
      sid: 'ClaimTargets',
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      resources: [ledger.tableArn],
    }),
    ...(configuration.dashboard
      ? [
          new PolicyStatement({
            sid: 'CountQuestions',
            actions: ['dynamodb:Query'],
            resources: [ledger.tableArn],
            conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [QUESTIONS] } },
          }),
        ]
      : []),
    new PolicyStatement({ sid: 'PublishEvents', actions: ['events:PutEvents'], resources: [bus.eventBusArn] }),
    ...orchestratorAccess(role, names, orchestrator),
    ...(configuration.detection?.sweep === undefined
      ? []
      : [
          new PolicyStatement({
            sid: 'StartSweeper',
            actions: ['lambda:InvokeFunction'],
            resources: [sweeper.functionArn],
          }),
        ]),
  ];
  for (const statement of statements) role.addToPolicy(statement);
}
