import { call, type Stage } from './stage';

type Item = Readonly<Record<string, unknown>>;
export type LedgerBackup = readonly Item[];

const TableName = 'Portcullis-Ledger';

export async function backUpLedger(stage: Stage): Promise<LedgerBackup> {
  const items: Item[] = [];
  let ExclusiveStartKey: unknown;
  do {
    const page = await onLedger<{ readonly Items?: readonly Item[]; readonly LastEvaluatedKey?: unknown }>(
      ...([
        stage,
        'Scan',
        { TableName, ConsistentRead: true, ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}) },
      ] as const),
    );
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
}

/**
 * What is there goes and what the backup holds comes, as docs/operations.md says, with the table's policy taken away
 * meanwhile.
 */
export async function restoreLedger(stage: Stage, backup: LedgerBackup): Promise<void> {
  const { account, region } = stage.hub;
  const ResourceArn = `arn:aws:dynamodb:${region}:${account}:table/${TableName}`;
  const { Policy } = await onLedger<{ readonly Policy: string }>(stage, 'GetResourcePolicy', { ResourceArn });
  await onLedger(stage, 'DeleteResourcePolicy', { ResourceArn });
  const kept = new Map(backup.map((item) => [JSON.stringify([item['pk'], item['sk']]), item]));
  for (const { pk, sk } of await backUpLedger(stage)) {
    if (!kept.has(JSON.stringify([pk, sk]))) await onLedger(stage, 'DeleteItem', { TableName, Key: { pk, sk } });
  }
  for (const Item of backup) await onLedger(stage, 'PutItem', { TableName, Item });
  await onLedger(stage, 'PutResourcePolicy', { ResourceArn, Policy });
}

function onLedger<Answer>(stage: Stage, operation: string, input: object): Promise<Answer> {
  return call<Answer>(stage, stage.hub, 'dynamodb', operation, input);
}
