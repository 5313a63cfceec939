import { storedTarget } from '../../core/stored-target';
import { GetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { success } from '../../core/result';
import * as z from '../../core/zod-mini';
import type { Closings } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { uncompress } from './compressed-document';
import { RECORD, remediationPartition } from './ledger-keys';

const briefSchema = () =>
  z.object({
    action: z.enum(['close', 'isolate']),
    target: storedTarget,
    finishedAt: z.exactOptional(z.string()),
    undoneBy: z.exactOptional(z.string()),
  });

/** Some fields of records: the schemas of all of them would be a good part of a cold start. */
export function createLedgerClosingsInBrief(client: DynamoDBClient, table: string): Closings {
  return {
    async fetchClosing(remediationId) {
      const read = await attempt(`The remediation ${remediationId} could not be read from the ledger`, () =>
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
      if (item === undefined) return success(undefined);
      const brief = briefSchema().safeParse(uncompress(unmarshall(item)['document']));
      if (!brief.success) return success(undefined);
      const { action: _, ...closing } = brief.data;
      return success(closing);
    },
  };
}
