import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { GrantSettings } from '../../core/grants/grant';
import type { SecurityHubKind } from '../../core/security-hub-kind';
import type {
  Brake,
  BrakeEvents,
  ChannelQueues,
  Clock,
  FindingsByIds,
  Identifiers,
  Ledger,
  Log,
  Orchestrations,
  Questions,
  Receivers,
  Schedules,
  SweepExecutions,
} from '../../flow/ports';
import { clientSettings } from '../client-settings';
import { createJsonLog } from '../cloudwatch/json-log';
import { createDomainEvents } from '../event-bridge/domain-events';
import { createIdentifiers } from '../identifiers';
import { createOrchestrations } from '../lambda/orchestrations';
import { createReceivers } from '../lambda/receivers';
import { createSweepExecutions } from '../lambda/sweep-executions';
import { createLedgerBrake } from '../ledger/ledger-brake';
import { createLedger } from '../ledger/ledger';
import { createLedgerQuestions } from '../ledger/ledger-questions';
import { createLedgerRelease } from '../ledger/ledger-release';
import { createScheduleCancelling } from '../scheduler/schedule-cancelling';
import { createSchedules, type ScheduleResources } from '../scheduler/schedules';
import { createHub } from '../security-hub/hub';
import { createChannelQueues } from '../sqs/channel-queues';
import { systemClock } from '../system-clock';

export interface CommandsResources {
  readonly prefix: string;
  readonly ledgerTable: string;
  readonly securityHub: SecurityHubKind;
  readonly orchestratorArn: string;
  /** URLs, by the name of the channel. */
  readonly channelQueues: Readonly<Record<string, string>>;
  /** Missing where no channel is configured. */
  readonly notifierArn?: string;
  readonly busName: string;
  readonly sweeperArn: string;
  readonly regions: readonly string[];
  /** How far ahead an exception may end. */
  readonly exceptionMaxDays: number;
  /** What may be opened for a while, and by whom. */
  readonly grants?: GrantSettings;
  readonly schedules: ScheduleResources;
}

export interface CommandsAdapters {
  readonly brake: Pick<Brake, 'hold' | 'release'>;
  readonly channelQueues: ChannelQueues;
  readonly receivers: Receivers;
  readonly clock: Clock;
  readonly exceptionMaxDays: number;
  readonly grants?: GrantSettings;
  readonly events: BrakeEvents;
  readonly hub: FindingsByIds;
  readonly identifiers: Identifiers;
  readonly ledger: Ledger;
  readonly log: Log;
  readonly orchestrations: Orchestrations;
  readonly questions: Questions;
  readonly schedules: Schedules;
  readonly regions: readonly string[];
  readonly securityHub: SecurityHubKind;
  readonly sweeps: SweepExecutions;
}

/** Everything that commands speak to; made once for each function container. */
export function createCommandsAdapters(resources: CommandsResources): CommandsAdapters {
  const {
    prefix,
    ledgerTable,
    orchestratorArn,
    sweeperArn,
    regions,
    channelQueues,
    notifierArn,
    exceptionMaxDays,
    grants,
    schedules,
    busName,
    securityHub,
  } = resources;
  const scheduler = new SchedulerClient(clientSettings);
  const lambda = new LambdaClient(clientSettings);
  const identifiers = createIdentifiers(prefix);
  const dynamoDb = new DynamoDBClient(clientSettings);
  return {
    brake: { ...createLedgerBrake(dynamoDb, ledgerTable), ...createLedgerRelease(dynamoDb, ledgerTable) },
    events: createDomainEvents(new EventBridgeClient(clientSettings), busName),
    channelQueues: createChannelQueues(new SQSClient(clientSettings), channelQueues),
    receivers: createReceivers(lambda, notifierArn),
    clock: systemClock,
    exceptionMaxDays,
    ...(grants === undefined ? {} : { grants }),
    hub: createHub(new SecurityHubClient(clientSettings), securityHub),
    identifiers,
    ledger: createLedger(dynamoDb, ledgerTable),
    log: createJsonLog(),
    orchestrations: createOrchestrations(lambda, orchestratorArn, identifiers),
    questions: createLedgerQuestions(dynamoDb, ledgerTable),
    regions,
    securityHub,
    schedules: {
      ...createSchedules(scheduler, schedules, systemClock),
      ...createScheduleCancelling(scheduler, schedules.group),
    },
    sweeps: createSweepExecutions(lambda, sweeperArn, prefix),
  };
}
