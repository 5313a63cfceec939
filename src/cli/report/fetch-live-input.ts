import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { fetchFindingsOf } from '../../aws/adapters/report-findings';
import { fetchLedgerForReport, type LedgerTaker } from '../../aws/adapters/report-input';
import { toDeploymentNames } from '../../core/configuration/names/deployment-names';
import type { SecurityHubKind } from '../../core/security-hub-kind';
import { CouldNotTellError, InputError } from '../cli-error';
import { checkEnvironmentEndpoints } from '../environment-endpoints';
import { checkRegion, environmentRegion } from '../environment-region';
import { withHubHint } from '../operator/hub-hint';
import type { TakeFindings } from './read-findings';

/** Takes what a report is made of, one at a time. */
export interface ReportTaker extends LedgerTaker {
  readonly addFindings: TakeFindings;
}

/**
 * Reads the hub's findings and the ledger with the caller's own credentials, as the AWS CLI would find them. A report
 * on half of the facts would mislead: when one of the two cannot be read, there is none. Answers where they came from,
 * in words.
 *
 * @param region the aggregation Region; undefined takes what the environment or the profile says
 * @throws InputError without a Region, CouldNotTellError when something cannot be read
 */
export async function fetchLiveInput(options: {
  readonly region: string | undefined;
  readonly prefix: string;
  /** Which of the two Security Hubs is read, or both. */
  readonly securityHub: SecurityHubKind;
  readonly taker: ReportTaker;
}): Promise<string> {
  checkEnvironmentEndpoints();
  const wanted = options.region ?? environmentRegion();
  const settings = wanted === undefined ? {} : { region: wanted };
  const hub = new SecurityHubClient(settings);
  const region = await regionOf(hub);
  checkRegion(region);
  const { taker } = options;
  const findings = await fetchFindingsOf(options.securityHub, hub, (page) => {
    taker.addFindings(page);
  });
  if (!findings.ok) throw new CouldNotTellError(`${findings.error.cause} (Region ${region})`);
  const { ledgerTable } = toDeploymentNames(options.prefix);
  const records = await fetchLedgerForReport(new DynamoDBClient(settings), ledgerTable, taker);
  if (!records.ok) {
    throw new CouldNotTellError(await withHubHint(records.error.cause, region));
  }
  return `Security Hub${options.securityHub === 'v2' ? ' V2' : ''}, ${region}`;
}

async function regionOf(client: SecurityHubClient): Promise<string> {
  try {
    return await client.config.region();
  } catch {
    throw new InputError('no Region: give --region, the aggregation Region of Security Hub, or set AWS_REGION');
  }
}
