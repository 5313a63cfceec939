import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { fetchFindingsForReport, fetchRemediationsForReport } from '../../aws/adapters/report-input';
import { toDeploymentNames } from '../../core/configuration/deployment-names';
import { CouldNotTellError, InputError } from '../cli-error';
import { checkEnvironmentEndpoints } from '../environment-endpoints';
import { environmentRegion } from '../environment-region';
import { hubHint } from '../operator/hub-hint';

export interface LiveInput {
  readonly source: string;
  readonly findings: readonly unknown[];
  readonly records: readonly unknown[];
}

/**
 * Reads the hub's findings and the ledger with the caller's own credentials, as the AWS CLI would find them. A report on
 * half of the facts would mislead: when one of the two cannot be read, there is none.
 *
 * @param region the aggregation Region; undefined takes what the environment or the profile says
 * @throws InputError without a Region, CouldNotTellError when something cannot be read
 */
export async function fetchLiveInput(options: {
  readonly region: string | undefined;
  readonly prefix: string;
  readonly onProgress: (text: string) => void;
}): Promise<LiveInput> {
  checkEnvironmentEndpoints();
  const wanted = options.region ?? environmentRegion();
  const settings = wanted === undefined ? {} : { region: wanted };
  const hub = new SecurityHubClient(settings);
  const region = await regionOf(hub);
  const findings = await fetchFindingsForReport(hub, (count) => {
    options.onProgress(`${String(count)} findings`);
  });
  if (!findings.ok) throw new CouldNotTellError(`${findings.error.cause} (Region ${region})`);
  const { ledgerTable } = toDeploymentNames(options.prefix);
  const records = await fetchRemediationsForReport(new DynamoDBClient(settings), ledgerTable);
  if (!records.ok) {
    throw new CouldNotTellError(`${records.error.cause} (Region ${region}); ${await hubHint(region)}`);
  }
  return { source: `Security Hub, ${region}`, findings: findings.value, records: records.value };
}

async function regionOf(client: SecurityHubClient): Promise<string> {
  try {
    return await client.config.region();
  } catch {
    throw new InputError('no Region: give --region, the aggregation Region of Security Hub, or set AWS_REGION');
  }
}
