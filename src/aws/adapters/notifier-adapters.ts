import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Clock, DeadLetters, Log, MailTopic, Metrics, Redelivery, Secrets, Threads } from '../../flow/ports';
import { clientSettings } from '../client-settings';
import { createEmfMetrics } from '../cloudwatch/emf-metrics';
import { createJsonLog } from '../cloudwatch/json-log';
import { createLedgerThreads } from '../ledger/ledger-threads';
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
  queuesOf(queues: NotifierQueues): { readonly deadLetters: DeadLetters; readonly redelivery: Redelivery };
}

/** Everything of AWS that the notifier speaks to; made once for each function container. */
export function createNotifierAdapters(ledgerTable: string, mailTopicArn?: string): NotifierAdapters {
  const sqs = new SQSClient(clientSettings);
  return {
    clock: systemClock,
    log: createJsonLog(),
    metrics: createEmfMetrics(systemClock),
    secrets: createSecrets(new SecretsManagerClient(clientSettings), systemClock),
    threads: createLedgerThreads(new DynamoDBClient(clientSettings), ledgerTable),
    ...(mailTopicArn !== undefined && { mailTopic: createMailTopic(new SNSClient(clientSettings), mailTopicArn) }),
    queuesOf: ({ queueUrl, deadLetterQueueUrl }) => ({
      deadLetters: createDeadLetters(sqs, deadLetterQueueUrl),
      redelivery: createRedelivery(sqs, queueUrl),
    }),
  };
}
