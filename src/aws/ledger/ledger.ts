import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Ledger } from '../../flow/ports';
import { createLedgerCertificates } from './ledger-certificates';
import { createLedgerClaims } from './ledger-claims';
import { createLedgerExceptions } from './ledger-exceptions';
import { createLedgerGrants } from './ledger-grants';
import { createLedgerRestored } from './ledger-restored';
import { createLedgerRecords } from './ledger-records';

/** The ledger's one table; its keys are in ledger-keys.ts. */
export function createLedger(client: DynamoDBClient, table: string): Ledger {
  return {
    ...createLedgerClaims(client, table),
    ...createLedgerExceptions(client, table),
    ...createLedgerGrants(client, table),
    ...createLedgerRestored(client, table),
    ...createLedgerRecords(client, table),
    ...createLedgerCertificates(client, table),
  };
}
