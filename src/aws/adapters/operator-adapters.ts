import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { toDeploymentNames } from '../../core/configuration/deployment-names';
import { failure, success } from '../../core/result';
import type { Brake, Clock, Ledger, Log, Orchestrations, Outcome } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { clientSettings } from '../client-settings';
import { createHub, type HubByIds } from '../security-hub/hub';
import { createLedgerBrake } from '../ledger/ledger-brake';
import { createLedger } from '../ledger/ledger';
import { createOrchestrations } from '../lambda/orchestrations';
import { systemClock } from '../system-clock';

/** What somebody at a terminal needs of a deployment, with his own credentials in the hub account. */
export interface OperatorAdapters {
  readonly region: string;
  readonly brake: Brake;
  readonly clock: Clock;
  readonly hub: HubByIds;
  readonly ledger: Ledger;
  readonly log: Log;
  readonly orchestrations: Orchestrations;
  /** Who asks: the end of the caller's ARN, such as `assumed-role/Security/alice`. */
  fetchCaller(): Outcome<string>;
}

/** The stack's alias: durable functions are started through a version or an alias. */
const ORCHESTRATOR_ALIAS = 'live';

/** @param region the aggregation Region; undefined takes what the environment or the profile says */
export async function createOperatorAdapters(options: {
  readonly prefix: string;
  readonly region: string | undefined;
}): Outcome<OperatorAdapters> {
  const names = toDeploymentNames(options.prefix);
  const settings = { ...clientSettings, ...(options.region === undefined ? {} : { region: options.region }) };
  const sts = new STSClient(settings);
  const region = await regionOf(sts);
  if (region === undefined) {
    const cause = 'no Region: give --region, the aggregation Region of Security Hub, or set AWS_REGION';
    return failure({ code: 'invalid', retryable: false, cause });
  }
  const dynamoDb = new DynamoDBClient(settings);
  return success({
    region,
    brake: createLedgerBrake(dynamoDb, names.ledgerTable),
    clock: systemClock,
    hub: createHub(new SecurityHubClient(settings)),
    ledger: createLedger(dynamoDb, names.ledgerTable),
    // Whoever waits at the terminal is told there.
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    orchestrations: createOrchestrations(
      new LambdaClient(settings),
      `${names.functions.orchestrator}:${ORCHESTRATOR_ALIAS}`,
    ),
    fetchCaller: () =>
      attempt('The caller cannot be identified', async () => {
        const { Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
        return Arn.slice(Arn.lastIndexOf(':') + 1);
      }),
  });
}

async function regionOf(client: STSClient): Promise<string | undefined> {
  try {
    return await client.config.region();
  } catch {
    return undefined;
  }
}
