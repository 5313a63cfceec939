import { QueryCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { PortResult } from '../../flow/ports';
import { fetchPages } from '../fetch-pages';

/** Where the items are: one partition, and of it those whose sort key begins so, or all. */
export interface PartitionQuery {
  readonly table: string;
  readonly pk: string;
  readonly prefix?: string;
  /** What could not be read, to begin the sentence: `Exceptions could not be read from the ledger`. */
  readonly what: string;
}

/** All items of a partition as they are now, in the order of their sort keys, or the first failure. */
export function queryPartition(
  client: DynamoDBClient,
  { table, pk, prefix, what }: PartitionQuery,
): PortResult<readonly Record<string, AttributeValue>[]> {
  return fetchPages<Record<string, AttributeValue>>(what, async (after) => {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: `pk = :pk${prefix === undefined ? '' : ' AND begins_with(sk, :prefix)'}`,
        ExpressionAttributeValues: marshall({ ':pk': pk, ...(prefix === undefined ? {} : { ':prefix': prefix }) }),
        ConsistentRead: true,
        ...(after === undefined ? {} : { ExclusiveStartKey: marshall({ pk, sk: after }) }),
      }),
    );
    return { items: page.Items ?? [], nextToken: page.LastEvaluatedKey?.['sk']?.S };
  });
}
