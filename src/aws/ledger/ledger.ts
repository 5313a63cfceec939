import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Ledger } from '../../flow/ports';
import { createLedgerCertificates } from './ledger-certificates';
import { createLedgerClaims } from './ledger-claims';
import { createLedgerGivenBack } from './ledger-given-back';
import { createLedgerRecords } from './ledger-records';

/** The ledger's one table; its keys are in ledger-keys.ts. */
export function createLedger(client: DynamoDBClient, table: string): Ledger {
  return {
    ...createLedgerClaims(client, table),
    ...createLedgerGivenBack(client, table),
    ...createLedgerRecords(client, table),
    ...createLedgerCertificates(client, table),
  };
}
