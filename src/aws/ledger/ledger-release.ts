import { DeleteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { success } from '../../core/result';
import type { Brake } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { toHold } from './ledger-brake';
import { brakeKey } from './ledger-keys';

/** The one way in which anything goes from the ledger; apart, because the commands alone may. */
export function createLedgerRelease(client: DynamoDBClient, table: string): Pick<Brake, 'release'> {
  return {
    async release(account) {
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
