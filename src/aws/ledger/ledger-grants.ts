import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Grant } from '../../core/grants/grant';
import { parseGrant } from '../../core/grants/parse-grant';
import type { Ledger } from '../../flow/ports';
import { createItemsOfTargets } from './items-of-targets';
import { GRANT } from './ledger-keys';

/** What was opened for a while, an item each. */
export function createLedgerGrants(
  client: DynamoDBClient,
  table: string,
): Pick<Ledger, 'saveGrant' | 'fetchGrant' | 'fetchGrants'> {
  const grants = createItemsOfTargets<Grant>({
    client,
    table,
    pk: GRANT,
    called: 'Grant',
    idOf: ({ grantId }) => grantId,
    parse: parseGrant,
  });
  return { saveGrant: grants.save, fetchGrant: grants.fetch, fetchGrants: grants.fetchAll };
}
