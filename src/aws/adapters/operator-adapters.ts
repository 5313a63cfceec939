import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { toDeploymentNames } from '../../core/configuration/names/deployment-names';
import { failure, success } from '../../core/result';
import type { Brake, Ledger, PortResult, Questions, Sweeps } from '../../flow/ports';
import { clientSettings } from '../client-settings';
import { createCommandsClient, type CommandsClient } from '../execute-api/commands-client';
import { createLedgerBrake } from '../ledger/ledger-brake';
import { createLedger } from '../ledger/ledger';
import { createLedgerQuestions } from '../ledger/ledger-questions';
import { createLedgerSweeps } from '../ledger/ledger-sweeps';
import { systemClock } from '../system-clock';

/**
 * What somebody at a terminal needs of a deployment, with their own credentials in the hub account: they read and ask.
 */
export interface OperatorAdapters {
  readonly region: string;
  readonly brake: Pick<Brake, 'fetchHolds'>;
  readonly commands: CommandsClient;
  readonly ledger: Pick<
    Ledger,
    | 'fetchCertificatesOf'
    | 'fetchExceptions'
    | 'fetchGrants'
    | 'fetchRemediation'
    | 'fetchRemediationsOf'
    | 'fetchRequestState'
  >;
  readonly questions: Pick<Questions, 'fetchOpenQuestions' | 'fetchQuestion'>;
  readonly sweeps: Pick<Sweeps, 'fetchLatest' | 'fetchPlaces' | 'fetchSweep'>;
}

/** @param region the aggregation Region; undefined takes what the environment or the profile says */
export async function createOperatorAdapters(options: {
  readonly prefix: string;
  readonly region: string | undefined;
}): PortResult<OperatorAdapters> {
  const names = toDeploymentNames(options.prefix);
  const settings = { ...clientSettings, ...(options.region === undefined ? {} : { region: options.region }) };
  const ssm = new SSMClient(settings);
  const region = await regionOf(ssm);
  if (region === undefined) {
    const cause = 'no Region: give --region, the aggregation Region of Security Hub, or set AWS_REGION';
    return failure({ code: 'invalid', retryable: false, cause });
  }
  const dynamoDb = new DynamoDBClient(settings);
  return success({
    region,
    brake: createLedgerBrake(dynamoDb, names.ledgerTable),
    commands: createCommandsClient({ ssm, parameter: names.commandsParameter, region }),
    ledger: createLedger(dynamoDb, names.ledgerTable),
    questions: createLedgerQuestions(dynamoDb, names.ledgerTable),
    sweeps: createLedgerSweeps(dynamoDb, names.ledgerTable, () => systemClock.now()),
  });
}

async function regionOf(client: SSMClient): Promise<string | undefined> {
  try {
    return await client.config.region();
  } catch {
    return undefined;
  }
}
