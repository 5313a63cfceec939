import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type {
  Clock,
  DeadLetters,
  FindingTickets,
  Log,
  MailTopic,
  Metrics,
  Redelivery,
  Secrets,
  Threads,
} from '../../flow/ports';
import { clientSettings } from '../client-settings';
import { createEmfMetrics } from '../cloudwatch/emf-metrics';
import { createJsonLog } from '../cloudwatch/json-log';
import { createLedgerThreads } from '../ledger/ledger-threads';
import { createFindingTickets } from '../security-hub/finding-tickets';
import { createSecrets } from '../secrets-manager/secrets';
import { createMailTopic } from '../sns/mail-topic';
import { createDeadLetters } from '../sqs/dead-letters';
import { createRedelivery } from '../sqs/redelivery';
import { systemClock } from '../system-clock';

export interface NotifierQueues {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

export interface NotifierAdapters {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly secrets: Secrets;
  readonly threads: Threads;
  /** Missing where no channel is one of mail. */
  readonly mailTopic?: MailTopic;
  /** Missing where no channel has Security Hub make tickets. */
  readonly findingTickets?: FindingTickets;
  queuesOf(queues: NotifierQueues): { readonly deadLetters: DeadLetters; readonly redelivery: Redelivery };
}

export interface NotifierNeeds {
  readonly ledgerTable: string;
  readonly mailTopicArn?: string;
  /** The connector by which Security Hub makes tickets. */
  readonly connectorId?: string;
}

/** Everything of AWS that the notifier speaks to; made once for each function container. */
export function createNotifierAdapters({ ledgerTable, mailTopicArn, connectorId }: NotifierNeeds): NotifierAdapters {
  const sqs = new SQSClient(clientSettings);
  return {
    clock: systemClock,
    log: createJsonLog(),
    metrics: createEmfMetrics(systemClock),
    secrets: createSecrets(new SecretsManagerClient(clientSettings), systemClock),
    threads: createLedgerThreads(new DynamoDBClient(clientSettings), ledgerTable),
    ...(mailTopicArn !== undefined && { mailTopic: createMailTopic(new SNSClient(clientSettings), mailTopicArn) }),
    ...(connectorId !== undefined && {
      findingTickets: createFindingTickets(new SecurityHubClient(clientSettings), connectorId),
    }),
    queuesOf: ({ queueUrl, deadLetterQueueUrl }) => ({
      deadLetters: createDeadLetters(sqs, deadLetterQueueUrl),
      redelivery: createRedelivery(sqs, queueUrl),
    }),
  };
}
