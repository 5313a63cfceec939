import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type {
  Clock,
  Closings,
  DueQueue,
  Log,
  Metrics,
  Questions,
  Schedules,
  Secrets,
  SeenRequests,
  Wishes,
} from '../../flow/ports';
import { clientSettings } from '../client-settings';
import { createEmfMetrics } from '../cloudwatch/emf-metrics';
import { createJsonLog } from '../cloudwatch/json-log';
import { createLedgerClosingsInBrief } from '../ledger/ledger-closings-in-brief';
import { createLedgerQuestions } from '../ledger/ledger-questions';
import { createLedgerSeenRequests } from '../ledger/ledger-seen-requests';
import { createLedgerWishes } from '../ledger/ledger-wishes';
import { createSchedules, type ScheduleResources } from '../scheduler/schedules';
import { createSecrets } from '../secrets-manager/secrets';
import { createDueQueue } from '../sqs/due-queue';
import { systemClock } from '../system-clock';

export interface SlackResources {
  readonly ledgerTable: string;
  readonly queueUrl: string;
  readonly schedules: ScheduleResources;
}

export interface SlackAdapters {
  readonly clock: Clock;
  readonly closings: Closings;
  readonly due: DueQueue;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly questions: Pick<Questions, 'fetchQuestion' | 'replaceQuestion'>;
  readonly schedules: Pick<Schedules, 'scheduleOnce'>;
  readonly secrets: Secrets;
  readonly seen: SeenRequests;
  readonly wishes: Wishes;
}

/** Everything of AWS that the function behind Slack's buttons speaks to; made once for each function container. */
export function createSlackAdapters({ ledgerTable, queueUrl, schedules }: SlackResources): SlackAdapters {
  const dynamoDb = new DynamoDBClient(clientSettings);
  return {
    clock: systemClock,
    closings: createLedgerClosingsInBrief(dynamoDb, ledgerTable),
    due: createDueQueue(new SQSClient(clientSettings), queueUrl),
    log: createJsonLog(),
    metrics: createEmfMetrics(systemClock),
    questions: createLedgerQuestions(dynamoDb, ledgerTable),
    schedules: createSchedules(new SchedulerClient(clientSettings), schedules, systemClock),
    secrets: createSecrets(new SecretsManagerClient(clientSettings), systemClock),
    seen: createLedgerSeenRequests(dynamoDb, ledgerTable),
    wishes: createLedgerWishes(dynamoDb, ledgerTable),
  };
}
