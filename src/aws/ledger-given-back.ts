import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { parseGivenBack } from '../core/ledger/parse-given-back';
import { failure, success } from '../core/result';
import { targetKey, type Target } from '../core/target';
import * as z from '../core/zod-mini';
import type { Ledger } from '../flow/ports';
import { attempt } from './aws-failure';
import { GIVEN_BACK, targetPartition } from './ledger-keys';

const itemSchema = z.object({ rules: z.string() });

/** One item a target, beside its claim: only the execution that holds the target writes it. */
export function createLedgerGivenBack(
  client: DynamoDBClient,
  table: string,
): Pick<Ledger, 'fetchGivenBack' | 'saveGivenBack'> {
  const keyOf = (target: Target) => ({ pk: targetPartition(target), sk: GIVEN_BACK });
  return {
    async fetchGivenBack(target) {
      const what = `What was given back on ${targetKey(target)}`;
      const read = await attempt(`${what} could not be read from the ledger`, () =>
        client.send(new GetItemCommand({ TableName: table, Key: marshall(keyOf(target)), ConsistentRead: true })),
      );
      if (!read.ok) return read;
      if (!read.value.Item) return success([]);
      const item = itemSchema.safeParse(unmarshall(read.value.Item));
      const givenBack = parseGivenBack(item.success ? item.data.rules : '');
      if (givenBack.ok) return givenBack;
      const cause = `${what} is not in the ledger as it was written: ${givenBack.error}`;
      return failure({ code: 'invalid', retryable: false, cause });
    },

    saveGivenBack: (target, givenBack) =>
      attempt(`What is given back on ${targetKey(target)} could not be written to the ledger`, async () => {
        const item = { ...keyOf(target), rules: JSON.stringify(givenBack) };
        await client.send(new PutItemCommand({ TableName: table, Item: marshall(item) }));
      }),
  };
}
