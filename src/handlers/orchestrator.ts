import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { STSClient } from '@aws-sdk/client-sts';
import { withDurableExecution, type DurableContext } from '@aws/durable-execution-sdk-js';
import { clientSettings } from '../aws/client-settings';
import { createDomainEvents } from '../aws/domain-events';
import { createDurable } from '../aws/durable';
import { createEmfMetrics } from '../aws/emf-metrics';
import { createHub } from '../aws/hub';
import { createLedger } from '../aws/ledger';
import { createMemberAccounts } from '../aws/member-credentials';
import { createReplayAwareLog } from '../aws/replay-aware-log';
import { createRunbooks } from '../aws/runbooks';
import { systemClock } from '../aws/system-clock';
import { createTargets } from '../aws/targets';
import { remediate, type ExecutionInput, type ExecutionResult } from '../flow/remediate';
import { parseOrchestratorSettings } from './settings';

const settings = parseOrchestratorSettings(process.env);

const accounts = createMemberAccounts(new STSClient(clientSettings), settings.memberRole, systemClock);

const adapters = {
  clock: systemClock,
  events: createDomainEvents(new EventBridgeClient(clientSettings), settings.busName),
  hub: createHub(new SecurityHubClient(clientSettings)),
  ledger: createLedger(new DynamoDBClient(clientSettings), settings.ledgerTable),
  metrics: createEmfMetrics(systemClock),
  runbooks: createRunbooks(accounts, settings),
  targets: createTargets(accounts),
};

/** Started by the dispatcher, once for each target and generation. */
export const handler = withDurableExecution(
  (input: ExecutionInput, context: DurableContext): Promise<ExecutionResult> =>
    remediate(
      input,
      { ...adapters, durable: createDurable(context), log: createReplayAwareLog(context) },
      settings.policy,
    ),
);
