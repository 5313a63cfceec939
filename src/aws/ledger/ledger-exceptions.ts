import { GetItemCommand, PutItemCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { parseException } from '../../core/exceptions/parse-exception';
import type { RiskException } from '../../core/exceptions/risk-exception';
import { failure, success, type Result } from '../../core/result';
import { targetKey } from '../../core/target';
import type { Ledger, PortFailure } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { EXCEPTION, exceptionPrefix } from './ledger-keys';
import { queryPartition } from './query-partition';

/** One item an exception. One that somebody changed by hand is a failure, never one exception less. */
export function createLedgerExceptions(
  client: DynamoDBClient,
  table: string,
): Pick<Ledger, 'saveException' | 'fetchException' | 'fetchExceptions'> {
  return {
    async saveException(exception) {
      const { exceptionId, target } = exception;
      const item = { pk: EXCEPTION, sk: `${exceptionPrefix(target)}${exceptionId}`, ...exception };
      return attempt(`Exception ${exceptionId} could not be written to the ledger`, async () => {
        await client.send(
          new PutItemCommand({ TableName: table, Item: marshall(item, { removeUndefinedValues: true }) }),
        );
      });
    },

    async fetchException(target, exceptionId) {
      const Key = marshall({ pk: EXCEPTION, sk: `${exceptionPrefix(target)}${exceptionId}` });
      const read = await attempt(`Exception ${exceptionId} could not be read from the ledger`, () =>
        client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true })),
      );
      if (!read.ok) return read;
      return read.value.Item === undefined ? success(undefined) : toException(read.value.Item);
    },

    async fetchExceptions(target) {
      const what = target === undefined ? 'Exceptions' : `Exceptions of ${targetKey(target)}`;
      const items = await queryPartition(client, {
        table,
        pk: EXCEPTION,
        ...(target === undefined ? {} : { prefix: exceptionPrefix(target) }),
        what: `${what} could not be read from the ledger`,
      });
      if (!items.ok) return items;
      const exceptions: RiskException[] = [];
      for (const item of items.value) {
        const exception = toException(item);
        if (!exception.ok) return exception;
        exceptions.push(exception.value);
      }
      return success(exceptions);
    },
  };
}

function toException(item: Record<string, AttributeValue>): Result<RiskException, PortFailure> {
  const exception = parseException(unmarshall(item));
  if (exception.ok) return exception;
  const cause = `${item['sk']?.S ?? 'An exception'} in the ledger is not what was written: ${exception.error}`;
  return failure({ code: 'invalid', retryable: false, cause });
}
