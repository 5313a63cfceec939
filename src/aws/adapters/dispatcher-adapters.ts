import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { SecurityHubKind } from '../../core/security-hub-kind';
import type {
  Clock,
  DeadLetters,
  DomainEvents,
  Hub,
  Identifiers,
  Ledger,
  Log,
  Metrics,
  Orchestrations,
  Questions,
  ScheduledSweeps,
  Wishes,
} from '../../flow/ports';
import type { ControlId } from '../../core/controls/control-id';
import { clientSettings } from '../client-settings';
import { createDeadLetters } from '../sqs/dead-letters';
import { createEmfMetrics } from '../cloudwatch/emf-metrics';
import { createHub } from '../security-hub/hub';
import { createIdentifiers } from '../identifiers';
import { createJsonLog } from '../cloudwatch/json-log';
import { createDomainEvents } from '../event-bridge/domain-events';
import { createLedgerQuestions } from '../ledger/ledger-questions';
import { createLedgerExceptions } from '../ledger/ledger-exceptions';
import { createLedgerGrants } from '../ledger/ledger-grants';
import { createLedgerWishes } from '../ledger/ledger-wishes';
import { createLedgerClaims } from '../ledger/ledger-claims';
import { createSweepExecutions } from '../lambda/sweep-executions';
import { createOrchestrations } from '../lambda/orchestrations';
import { systemClock } from '../system-clock';

export interface DispatcherResources {
  readonly prefix: string;
  readonly ledgerTable: string;
  readonly securityHub: SecurityHubKind;
  readonly orchestratorArn: string;
  readonly deadLetterQueueUrl: string;
  readonly busName: string;
  /** Missing where nothing is swept by schedule. */
  readonly scheduledSweeps?: {
    readonly sweeperArn: string;
    readonly regions: readonly string[];
    readonly controls: readonly ControlId[];
  };
}

export interface DispatcherAdapters {
  readonly clock: Clock;
  readonly deadLetters: DeadLetters;
  readonly events: DomainEvents;
  readonly hub: Hub;
  readonly identifiers: Identifiers;
  /** Without its records, whose schemas would be a tenth of what the function loads. */
  readonly ledger: Pick<Ledger, 'saveRequest' | 'announceArrival' | 'fetchException' | 'fetchGrant' | 'giveUp'>;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly orchestrations: Orchestrations;
  readonly questions: Questions;
  readonly wishes: Pick<Wishes, 'fetchWish'>;
  readonly scheduledSweeps?: ScheduledSweeps;
}

/**
 * GetFindings allows 3 calls a second in the whole account. A batch that gives up comes again only when its messages
 * are visible again, minutes later, and five times at most: waiting here, for most of the function's minute, loses
 * nothing.
 */
const READ_ATTEMPTS = 7;

/** Everything that the dispatcher speaks to; made once for each function container. */
export function createDispatcherAdapters(resources: DispatcherResources): DispatcherAdapters {
  const { ledgerTable, orchestratorArn, deadLetterQueueUrl, busName, scheduledSweeps } = resources;
  const lambda = new LambdaClient(clientSettings);
  const dynamoDb = new DynamoDBClient(clientSettings);
  const identifiers = createIdentifiers(resources.prefix);
  return {
    clock: systemClock,
    deadLetters: createDeadLetters(new SQSClient(clientSettings), deadLetterQueueUrl),
    events: createDomainEvents(new EventBridgeClient(clientSettings), busName),
    hub: createHub(new SecurityHubClient({ ...clientSettings, maxAttempts: READ_ATTEMPTS }), resources.securityHub),
    identifiers,
    ledger: {
      ...createLedgerClaims(dynamoDb, ledgerTable),
      ...createLedgerExceptions(dynamoDb, ledgerTable),
      ...createLedgerGrants(dynamoDb, ledgerTable),
    },
    log: createJsonLog(),
    metrics: createEmfMetrics(systemClock),
    orchestrations: createOrchestrations(lambda, orchestratorArn, identifiers),
    questions: createLedgerQuestions(dynamoDb, ledgerTable),
    wishes: createLedgerWishes(dynamoDb, ledgerTable),
    ...(scheduledSweeps === undefined
      ? {}
      : {
          scheduledSweeps: {
            ...createSweepExecutions(lambda, scheduledSweeps.sweeperArn, resources.prefix),
            ...scheduledSweeps,
          },
        }),
  };
}
