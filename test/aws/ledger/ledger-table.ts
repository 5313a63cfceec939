import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import type { AddressInfo, Server } from 'node:net';
import { createLedger } from '../../../src/aws/ledger/ledger';
import type { CloseRequest, Ledger, PortResult, Tenure, Work } from '../../../src/flow/ports';
import { TARGET } from '../../flow/in-memory-ports';

export const NOW = new Date('2026-03-01T12:00:00.000Z');

export function request(id: string): CloseRequest {
  return {
    id,
    action: 'close',
    trigger: 'custom-action',
    decidedBy: 'somebody',
    findings: [{ id: `finding-${id}`, productArn: 'product' }],
  };
}

export interface LedgerTable {
  readonly ledger: Ledger;
  readonly client: DynamoDBClient;
  readonly name: string;
}

/** A real DynamoDB engine, with a table of its own for each test of the file that calls this. */
export function ledgerTable(): () => LedgerTable {
  let server: Server;
  let client: DynamoDBClient;
  let current: LedgerTable;
  let tables = 0;

  beforeAll(async () => {
    server = dynalite({ createTableMs: 0 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    client = new DynamoDBClient({
      endpoint: `http://127.0.0.1:${String(port)}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });
  });

  beforeEach(async () => {
    const name = `Ledger-${String(++tables)}`;
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
      }),
    );
    await waitUntilTableExists({ client, minDelay: 0.01, maxDelay: 0.1, maxWaitTime: 60 }, { TableName: name });
    current = { ledger: createLedger(client, name), client, name };
  });

  afterAll(async () => {
    client.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  return () => current;
}

export async function value<Value>(outcome: PortResult<Value>): Promise<Value> {
  const result = await outcome;
  if (!result.ok) throw new Error(result.error.cause);
  return result.value;
}

export async function heldWork(ledger: Ledger, tenure: Tenure): Promise<Extract<Work, { readonly kind: 'held' }>> {
  const work = await value(ledger.openWork(TARGET, tenure));
  if (work.kind !== 'held') throw new Error(work.kind);
  return work;
}
