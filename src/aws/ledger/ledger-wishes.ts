import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { parseWish } from '../../core/interactions/parse-wish';
import type { Wish } from '../../core/interactions/wish';
import { failure, success } from '../../core/result';
import type { PortResult, Wishes } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { wishKey } from './ledger-keys';

/** Whatever becomes of a wish stands in the record of the remediation that came of it. */
const KEPT_SECONDS = 14 * 24 * 3600;

/** One item a wish, which DynamoDB forgets. */
export function createLedgerWishes(client: DynamoDBClient, table: string): Wishes {
  async function fetchWish(wishId: string): PortResult<Wish | undefined> {
    const read = await attempt('What somebody wants could not be read from the ledger', () =>
      client.send(new GetItemCommand({ TableName: table, Key: marshall(wishKey(wishId)), ConsistentRead: true })),
    );
    if (!read.ok) return read;
    if (read.value.Item === undefined) return success(undefined);
    const wish = parseWish(unmarshall(read.value.Item));
    if (wish.ok) return wish;
    const cause = `The wish ${wishId} in the ledger is not what was written: ${wish.error}`;
    return failure({ code: 'invalid', retryable: false, cause });
  }

  return {
    fetchWish,

    async saveWish(wish, insteadOfBefore) {
      const expiresAt = Math.ceil(Date.parse(wish.at) / 1000) + KEPT_SECONDS;
      const written = await attempt('What somebody wants could not be written to the ledger', async () => {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall({ ...wishKey(wish.wishId), ...wish, expiresAt }, { removeUndefinedValues: true }),
            ConditionExpression: 'attribute_not_exists(pk) OR #at < :before',
            ExpressionAttributeNames: { '#at': 'at' },
            ExpressionAttributeValues: marshall({ ':before': insteadOfBefore.toISOString() }),
          }),
        );
      });
      if (written.ok) return success(wish);
      if (written.error.code !== 'conflict') return written;
      const there = await fetchWish(wish.wishId);
      return there.ok ? success(there.value ?? wish) : there;
    },
  };
}
