import { GetItemCommand, PutItemCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { failure, success, type Result } from '../../core/result';
import { targetKey, type Target } from '../../core/target';
import type { PortFailure, PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { itemPrefix } from './ledger-keys';
import { queryPartition } from './query-partition';

/** One kind of what has a target and an end. */
interface Kind<Item> {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** The partition of all of them. */
  readonly pk: string;
  /** `Exception`, as sentences begin. */
  readonly called: string;
  readonly idOf: (item: Item) => string;
  readonly parse: (value: unknown) => Result<Item, string>;
}

interface ItemsOfTargets<Item> {
  readonly save: (item: Item) => PortResult<void>;
  readonly fetch: (target: Target, id: string) => PortResult<Item | undefined>;
  readonly fetchAll: (target?: Target) => PortResult<readonly Item[]>;
}

/**
 * Items of one partition, an item each, so that one query lists all, or those of a target. One that somebody changed by
 * hand is a failure, never one less. Reads are consistent.
 */
export function createItemsOfTargets<Item extends { readonly target: Target }>({
  client,
  table,
  pk,
  called,
  idOf,
  parse,
}: Kind<Item>): ItemsOfTargets<Item> {
  const keyOf = (target: Target, id: string) => ({ pk, sk: `${itemPrefix(target)}${id}` });

  function toItem(stored: Record<string, AttributeValue>): Result<Item, PortFailure> {
    const item = parse(unmarshall(stored));
    if (item.ok) return item;
    const cause = `${stored['sk']?.S ?? called} in the ledger is not what was written: ${item.error}`;
    return failure({ code: 'invalid', retryable: false, cause });
  }

  return {
    async save(item) {
      const Item = marshall({ ...keyOf(item.target, idOf(item)), ...item }, { removeUndefinedValues: true });
      return attempt(`${called} ${idOf(item)} could not be written to the ledger`, async () => {
        await client.send(new PutItemCommand({ TableName: table, Item }));
      });
    },

    async fetch(target, id) {
      const Key = marshall(keyOf(target, id));
      const read = await attempt(`${called} ${id} could not be read from the ledger`, () =>
        client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true })),
      );
      if (!read.ok) return read;
      return read.value.Item === undefined ? success(undefined) : toItem(read.value.Item);
    },

    async fetchAll(target) {
      const what = target === undefined ? `${called}s` : `${called}s of ${targetKey(target)}`;
      const stored = await queryPartition(client, {
        table,
        pk,
        ...(target === undefined ? {} : { prefix: itemPrefix(target) }),
        what: `${what} could not be read from the ledger`,
      });
      if (!stored.ok) return stored;
      const items: Item[] = [];
      for (const each of stored.value) {
        const item = toItem(each);
        if (!item.ok) return item;
        items.push(item.value);
      }
      return success(items);
    },
  };
}
