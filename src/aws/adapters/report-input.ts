import { gunzipSync } from 'node:zlib';
import { paginateScan, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { paginateGetFindings, paginateGetFindingsV2, type SecurityHubClient } from '@aws-sdk/client-securityhub';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { EXCEPTION, RECORD } from '../ledger/ledger-keys';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html */
const FINDINGS_PER_PAGE = 100;

/** The resources that the controls look at; what else reports on them is for the report to leave out. */
const RESOURCE_TYPES = ['AwsEc2SecurityGroup', 'AwsEc2NetworkAcl'];

/**
 * All active findings on security groups and network ACLs, unread: the report counts what cannot be understood.
 *
 * @param onPage called with each page of 100; Security Hub answers three pages a second
 */
export function fetchFindingsForReport(
  client: SecurityHubClient,
  onPage: (findings: readonly unknown[]) => void,
): PortResult<void> {
  return attempt('Findings cannot be read from Security Hub', async () => {
    const pages = paginateGetFindings(
      { client, pageSize: FINDINGS_PER_PAGE },
      {
        Filters: {
          ResourceType: RESOURCE_TYPES.map((type) => ({ Value: type, Comparison: 'EQUALS' })),
          RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' }],
        },
      },
    );
    for await (const page of pages) onPage(page.Findings ?? []);
  });
}

/** What Security Hub V2 calls them. */
const V2_RESOURCE_TYPES = ['AWS::EC2::SecurityGroup', 'AWS::EC2::NetworkAcl'];

/**
 * As {@link fetchFindingsForReport}, from Security Hub V2: the same findings in OCSF, with the status that they have
 * there. A failure where V2 is not enabled.
 *
 * @param onPage called with each page of 100
 */
export function fetchV2FindingsForReport(
  client: SecurityHubClient,
  onPage: (findings: readonly unknown[]) => void,
): PortResult<void> {
  return attempt('Findings cannot be read from Security Hub V2', async () => {
    const types = V2_RESOURCE_TYPES.map((Value) => ({
      FieldName: 'resources.type' as const,
      Filter: { Value, Comparison: 'EQUALS' as const },
    }));
    const active = { FieldName: 'activity_name', Filter: { Value: 'Close', Comparison: 'NOT_EQUALS' } } as const;
    const pages = paginateGetFindingsV2(
      { client, pageSize: FINDINGS_PER_PAGE },
      {
        Filters: {
          CompositeFilters: [
            { StringFilters: types, Operator: 'OR' },
            { StringFilters: [active], Operator: 'AND' },
          ],
          CompositeOperator: 'AND',
        },
      },
    );
    for await (const page of pages) onPage(page.Findings ?? []);
  });
}

/** Takes what the ledger has for a report, each unread. */
export interface LedgerTaker {
  addRecord(record: unknown): void;
  addException(exception: unknown): void;
}

/**
 * All remediations and exceptions of the ledger, unread; a remediation that cannot be unpacked is undefined, for the
 * report to count.
 */
export function fetchLedgerForReport(client: DynamoDBClient, table: string, taker: LedgerTaker): PortResult<void> {
  return attempt(`The ledger ${table} cannot be read`, async () => {
    const pages = paginateScan(
      { client },
      {
        TableName: table,
        FilterExpression: 'sk = :record OR pk = :exception',
        ExpressionAttributeValues: marshall({ ':record': RECORD, ':exception': EXCEPTION }),
      },
    );
    for await (const page of pages) {
      for (const item of page.Items ?? []) {
        const { pk, document, ...fields } = unmarshall(item);
        if (pk === EXCEPTION) taker.addException(fields);
        else taker.addRecord(unpacked(document));
      }
    }
  });
}

function unpacked(document: unknown): unknown {
  try {
    return document instanceof Uint8Array ? JSON.parse(gunzipSync(document).toString('utf8')) : undefined;
  } catch {
    return undefined;
  }
}
