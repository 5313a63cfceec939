import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parseException } from '../../core/exceptions/parse-exception';
import type { RiskException } from '../../core/exceptions/risk-exception';
import type { Ledger } from '../../flow/ports';
import { createItemsOfTargets } from './items-of-targets';
import { EXCEPTION } from './ledger-keys';

/** Accepted risks, an item each. */
export function createLedgerExceptions(
  client: DynamoDBClient,
  table: string,
): Pick<Ledger, 'saveException' | 'fetchException' | 'fetchExceptions'> {
  const exceptions = createItemsOfTargets<RiskException>({
    client,
    table,
    pk: EXCEPTION,
    called: 'Exception',
    idOf: ({ exceptionId }) => exceptionId,
    parse: parseException,
  });
  return {
    saveException: exceptions.save,
    fetchException: exceptions.fetch,
    fetchExceptions: exceptions.fetchAll,
  };
}
