import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { clientSettings } from '../aws/client-settings';
import { createDeadLetters } from '../aws/dead-letters';
import { createEmfMetrics } from '../aws/emf-metrics';
import { createHub } from '../aws/hub';
import { createJsonLog } from '../aws/json-log';
import { createLedger } from '../aws/ledger';
import { createOrchestrations } from '../aws/orchestrations';
import { systemClock } from '../aws/system-clock';
import { dispatch, type DispatchPorts } from '../flow/dispatch';
import { parseDispatcherSettings } from './settings';

const settings = parseDispatcherSettings(process.env);

const ports: DispatchPorts = {
  clock: systemClock,
  deadLetters: createDeadLetters(new SQSClient(clientSettings), settings.deadLetterQueueUrl),
  hub: createHub(new SecurityHubClient(clientSettings)),
  ledger: createLedger(new DynamoDBClient(clientSettings), settings.ledgerTable),
  log: createJsonLog(),
  metrics: createEmfMetrics(systemClock),
  orchestrations: createOrchestrations(new LambdaClient(clientSettings), settings.orchestratorArn),
};

/** Fed by SQS with EventBridge events of Security Hub; needs `ReportBatchItemFailures` on the event source. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const messages = event.Records.map(({ messageId, body }) => ({ id: messageId, body }));
  const comingAgain = await dispatch(messages, ports, settings);
  return { batchItemFailures: comingAgain.map((itemIdentifier) => ({ itemIdentifier })) };
}
