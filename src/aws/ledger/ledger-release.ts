import { DeleteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { success } from '../../core/result';
import { EVERYTHING, type Brake, type PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { toHold } from './ledger-brake';
import { brakeKey, CLOSINGS } from './ledger-keys';
import { queryPartition } from './query-partition';

/** The one way in which anything goes from the ledger; apart, because the commands alone may. */
export function createLedgerRelease(client: DynamoDBClient, table: string): Pick<Brake, 'release'> {
  return {
    async release(account) {
      // First: what is counted until then would engage it again.
      const forgotten = account === EVERYTHING ? await forgetClosings(client, table) : success(undefined);
      if (!forgotten.ok) return forgotten;
      const released = await attempt(`The hold of account ${account} could not be taken from the ledger`, () =>
        client.send(
          new DeleteItemCommand({ TableName: table, Key: marshall(brakeKey(account)), ReturnValues: 'ALL_OLD' }),
        ),
      );
      if (!released.ok) return released;
      return released.value.Attributes === undefined ? success(undefined) : toHold(released.value.Attributes);
    },
  };
}

async function forgetClosings(client: DynamoDBClient, table: string): PortResult<void> {
  const what = 'What the brake has counted could not be taken from the ledger';
  const items = await queryPartition(client, { table, pk: CLOSINGS, what });
  if (!items.ok) return items;
  for (const { pk, sk } of items.value) {
    if (pk === undefined || sk === undefined) continue;
    const deleted = await attempt(what, () =>
      client.send(new DeleteItemCommand({ TableName: table, Key: { pk, sk } })),
    );
    if (!deleted.ok) return deleted;
  }
  return success(undefined);
}
