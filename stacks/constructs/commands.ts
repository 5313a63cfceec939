import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Alias, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import type { Configuration } from '../../src/core/configuration/schema/configuration-schema';
import { namedUnits } from '../../src/core/configuration/named-units';
import { toDeciding } from '../../src/core/configuration/to-deciding';
import { toGrantLimits } from '../../src/core/configuration/schema/grants-schema';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import type { GrantSettings } from '../../src/core/grants/grant';
import type { ChannelName } from '../../src/core/messages/channel-name';
import { DECIDING_FILE, UNITS_FILE } from '../../src/core/configuration/bundled-files';
import { BundledFunction } from './bundled-function';
import type { ChannelQueue } from './channel-queue';
import { CommandsApi } from './commands-api';
import type { DueMessages } from './due-messages';
import { readFindings } from './hub-permissions';
import { orchestratorAccess } from './orchestrator-access';
import { securityHubEnvironment } from './security-hub-environment';

export interface CommandsProps {
  readonly configuration: Configuration;
  readonly names: DeploymentNames;
  readonly ledger: Table;
  readonly orchestrator: Alias;
  /** Queues that tests of channels go to. */
  readonly channels: ReadonlyMap<ChannelName, ChannelQueue>;
  /** Probes the receivers of channels; missing where none is configured. */
  readonly notifier: IFunction | undefined;
  readonly sweeper: Alias;
  readonly due: DueMessages;
  readonly bus: EventBus;
}

/**
 * What people ask for from a terminal: the only way to ask that needs no write to the ledger, and that says who asks.
 * It writes the request and starts the orchestrator, as the dispatcher does for the console.
 */
export class Commands extends Construct {
  readonly function: NodejsFunction;
  readonly api: CommandsApi;

  constructor(scope: Construct, id: string, props: CommandsProps) {
    super(scope, id);
    const { configuration, names, ledger, orchestrator, channels, notifier, sweeper, due, bus } = props;
    const bundled = new BundledFunction(this, 'Bundled', {
      name: names.functions.commands,
      roleName: names.roles.commands,
      description: 'Takes what people ask for by a command, and starts one remediation for each target',
      entry: 'commands.ts',
      // An HTTP API waits for 30 seconds at most: it must hear before that what became of a request.
      timeout: Duration.seconds(29),
      logRetentionDays: configuration.logRetentionDays,
      environment: {
        PORTCULLIS_PREFIX: configuration.prefix,
        PORTCULLIS_LEDGER_TABLE: ledger.tableName,
        PORTCULLIS_ORCHESTRATOR_ARN: orchestrator.functionArn,
        ...(channels.size > 0 && { PORTCULLIS_CHANNEL_QUEUES: Stack.of(this).toJsonString(queueUrls(channels)) }),
        ...(notifier && { PORTCULLIS_NOTIFIER_ARN: notifier.functionArn }),
        PORTCULLIS_SWEEPER_ARN: sweeper.functionArn,
        PORTCULLIS_BUS_NAME: bus.eventBusName,
        PORTCULLIS_REGIONS: configuration.members.regions.join(','),
        PORTCULLIS_EXCEPTION_MAX_DAYS: String(configuration.acceptRisk.maximumDays),
        ...(configuration.grants && { PORTCULLIS_GRANTS: JSON.stringify(toSettings(configuration.grants)) }),
        ...due.environment,
        ...securityHubEnvironment(configuration),
      },
      files: {
        [DECIDING_FILE]: JSON.stringify(toDeciding(configuration)),
        [UNITS_FILE]: JSON.stringify(namedUnits(configuration)),
      },
    });
    this.function = bundled.function;
    grant(bundled.role, props);
    due.grant(bundled.role, 'scheduler:CreateSchedule', 'scheduler:DeleteSchedule');
    this.api = new CommandsApi(this, 'Api', {
      names,
      function: bundled.function,
      logRetentionDays: configuration.logRetentionDays,
    });
  }
}

function toSettings({ approvers, ...grants }: NonNullable<Configuration['grants']>): GrantSettings {
  return { limits: toGrantLimits(grants), ...(approvers === undefined ? {} : { approvers }) };
}

function queueUrls(channels: CommandsProps['channels']): Readonly<Record<string, string>> {
  return Object.fromEntries([...channels].map(([name, { queue }]) => [name, queue.queueUrl]));
}

function grant(
  role: Role,
  { configuration, names, ledger, orchestrator, channels, notifier, sweeper, bus }: CommandsProps,
): void {
  const statements = [
    readFindings(role, configuration.securityHub),
    new PolicyStatement({
      sid: 'WriteRequests',
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      resources: [ledger.tableArn],
    }),
    new PolicyStatement({
      sid: 'FindExceptionsAndQuestions',
      actions: ['dynamodb:Query'],
      resources: [ledger.tableArn],
    }),
    new PolicyStatement({ sid: 'ReleaseWhatIsHeld', actions: ['dynamodb:DeleteItem'], resources: [ledger.tableArn] }),
    ...(channels.size === 0
      ? []
      : [
          new PolicyStatement({
            sid: 'TestChannels',
            actions: ['sqs:SendMessage'],
            resources: [...channels.values()].map(({ queue }) => queue.queueArn),
          }),
        ]),
    ...(notifier === undefined
      ? []
      : [
          new PolicyStatement({
            sid: 'ProbeReceivers',
            actions: ['lambda:InvokeFunction'],
            resources: [notifier.functionArn],
          }),
        ]),
    new PolicyStatement({ sid: 'PublishEvents', actions: ['events:PutEvents'], resources: [bus.eventBusArn] }),
    new PolicyStatement({
      sid: 'StartSweeper',
      actions: ['lambda:InvokeFunction'],
      resources: [sweeper.functionArn],
    }),
    ...orchestratorAccess(role, names, orchestrator),
  ];
  for (const statement of statements) role.addToPolicy(statement);
}
