import { GetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { uncompress } from './compressed-document';
import { RECORD, remediationPartition } from './ledger-keys';

/** The JSON of a remediation's record as it was stored, whatever it says; undefined where there is no record. */
export async function fetchRecordDocument(
  client: DynamoDBClient,
  table: string,
  remediationId: string,
): PortResult<{ readonly document: unknown } | undefined> {
  const read = await attempt(`Remediation ${remediationId} could not be read from the ledger`, () =>
    client.send(
      new GetItemCommand({
        TableName: table,
        Key: marshall({ pk: remediationPartition(remediationId), sk: RECORD }),
        ConsistentRead: true,
      }),
    ),
  );
  if (!read.ok) return read;
  const { Item: item } = read.value;
  return success(item === undefined ? undefined : { document: uncompress(unmarshall(item)['document']) });
}
