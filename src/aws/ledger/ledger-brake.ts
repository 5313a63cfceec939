import { GetItemCommand, PutItemCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { failure, success, type Result } from '../../core/result';
import * as z from '../../core/zod-mini';
import { EVERYTHING, type Brake, type Hold, type PortFailure, type PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { ACCOUNT_PREFIX, BRAKE, brakeKey } from './ledger-keys';
import { createLedgerClosings } from './ledger-closings';
import { queryPartition } from './query-partition';

const holdSchema = z.object({
  account: z.string(),
  reason: z.string(),
  remediationId: z.exactOptional(z.string()),
  by: z.exactOptional(z.string()),
  since: z.string(),
});

/** One item an account that is held; they stand in one partition, so that one query shows them all. */
export function createLedgerBrake(client: DynamoDBClient, table: string): Omit<Brake, 'release'> {
  async function fetchOne(account: string): PortResult<Hold | undefined> {
    const read = await attempt(`Whether account ${account} is held could not be read from the ledger`, () =>
      client.send(new GetItemCommand({ TableName: table, Key: marshall(brakeKey(account)), ConsistentRead: true })),
    );
    if (!read.ok) return read;
    return read.value.Item === undefined ? success(undefined) : toHold(read.value.Item);
  }

  return {
    ...createLedgerClosings(client, table),

    async fetchHold(account) {
      const everything = await fetchOne(EVERYTHING);
      return !everything.ok || everything.value !== undefined ? everything : fetchOne(account);
    },
    async hold(hold) {
      const held = await attempt(`The hold of account ${hold.account} could not be written to the ledger`, async () => {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall({ ...brakeKey(hold.account), ...hold }, { removeUndefinedValues: true }),
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
      });
      if (held.ok) return success(true);
      return held.error.code === 'conflict' ? success(false) : held;
    },

    async fetchHolds() {
      const what = 'Which accounts are held could not be read from the ledger';
      const items = await queryPartition(client, { table, pk: BRAKE, prefix: ACCOUNT_PREFIX, what });
      if (!items.ok) return items;
      const holds: Hold[] = [];
      for (const item of items.value) {
        const hold = toHold(item);
        if (!hold.ok) return hold;
        holds.push(hold.value);
      }
      return success(holds);
    },
  };
}

/** One that somebody changed by hand holds all the same: what is there is never taken for nothing. */
export function toHold(item: Record<string, AttributeValue>): Result<Hold, PortFailure> {
  const hold = holdSchema.safeParse(unmarshall(item));
  if (hold.success) return success(hold.data);
  const cause = `A hold in the ledger is not what was written: ${z.prettifyError(hold.error)}`;
  return failure({ code: 'invalid', retryable: false, cause });
}
