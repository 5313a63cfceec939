import { QueryCommand, UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { success } from '../../core/result';
import type { Brake } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { CLOSINGS } from './ledger-keys';

/**
 * A window is counted in so many parts, and the part that it begins in as a whole: it is that much longer at the most.
 */
const PARTS = 12;
const MINUTE_MILLIS = 60_000;
const KEPT_SECONDS = 86_400;

/**
 * Closings that nobody chose, counted by the part of the window that they begin in. All parts stand in one partition,
 * which takes a thousand writes a second: executions begin at 300 a second at most, and once the brake is engaged
 * nothing is counted any more.
 */
export function createLedgerClosings(client: DynamoDBClient, table: string): Pick<Brake, 'countClosing'> {
  return {
    async countClosing(now, minutes) {
      const partMillis = Math.max(1, Math.ceil(minutes / PARTS)) * MINUTE_MILLIS;
      const partOf = (millis: number) => new Date(Math.floor(millis / partMillis) * partMillis).toISOString();
      const latest = partOf(now.getTime());
      const what = 'The closing could not be counted in the ledger';
      const added = await attempt(what, () =>
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: marshall({ pk: CLOSINGS, sk: latest }),
            UpdateExpression: 'ADD closings :one SET expiresAt = :end',
            ExpressionAttributeValues: marshall({
              ':one': 1,
              ':end': Math.floor(now.getTime() / 1000) + minutes * 60 + KEPT_SECONDS,
            }),
          }),
        ),
      );
      if (!added.ok) return added;
      const read = await attempt(what, () =>
        client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk AND sk >= :first',
            ExpressionAttributeValues: marshall({
              ':pk': CLOSINGS,
              ':first': partOf(now.getTime() - minutes * MINUTE_MILLIS),
            }),
            ConsistentRead: true,
          }),
        ),
      );
      if (!read.ok) return read;
      return success((read.value.Items ?? []).reduce((sum, item) => sum + Number(item['closings']?.N ?? 0), 0));
    },
  };
}
