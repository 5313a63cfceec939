import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  type BatchGetItemInput,
  type BatchGetItemOutput,
  type BatchWriteItemInput,
  type BatchWriteItemOutput,
  type DeleteItemInput,
  type DeleteItemOutput,
  type GetItemInput,
  type GetItemOutput,
  type PutItemInput,
  type PutItemOutput,
  type QueryInput,
  type QueryOutput,
  type ScanInput,
  type ScanOutput,
  type UpdateItemInput,
  type UpdateItemOutput,
} from '@aws-sdk/client-dynamodb';

import type { CallContext, Operation, RequiredPermission } from '../runtime/operation';
import type { Engines } from './engines';
import { leadingKeysOf, type KeyedInput } from './leading-keys';
import { tableArn, toTableName } from './table-arn';

export interface ItemOperations {
  readonly GetItem: Operation<GetItemInput, GetItemOutput>;
  readonly PutItem: Operation<PutItemInput, PutItemOutput>;
  readonly UpdateItem: Operation<UpdateItemInput, UpdateItemOutput>;
  readonly DeleteItem: Operation<DeleteItemInput, DeleteItemOutput>;
  readonly Query: Operation<QueryInput, QueryOutput>;
  readonly Scan: Operation<ScanInput, ScanOutput>;
  readonly BatchGetItem: Operation<BatchGetItemInput, BatchGetItemOutput>;
  readonly BatchWriteItem: Operation<BatchWriteItemInput, BatchWriteItemOutput>;
}

interface OnTable extends KeyedInput {
  readonly TableName: string | undefined;
  readonly IndexName?: string | undefined;
}

/**
 * Reads and writes of items: permissions are judged here, by table or index, and everything else is the engine's.
 * Its errors come out with DynamoDB's own codes, such as ConditionalCheckFailedException.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html
 */
export function createItemOperations(engines: Engines): ItemOperations {
  return {
    GetItem: {
      permissions: onTable('GetItem', engines),
      handle: (input, place) => engines.run(place, (client) => client.send(new GetItemCommand(byName(input)))),
    },
    PutItem: {
      permissions: onTable('PutItem', engines),
      handle: (input, place) => engines.run(place, (client) => client.send(new PutItemCommand(byName(input)))),
    },
    UpdateItem: {
      permissions: onTable('UpdateItem', engines),
      handle: (input, place) => engines.run(place, (client) => client.send(new UpdateItemCommand(byName(input)))),
    },
    DeleteItem: {
      permissions: onTable('DeleteItem', engines),
      handle: (input, place) => engines.run(place, (client) => client.send(new DeleteItemCommand(byName(input)))),
    },
    Query: {
      permissions: onTable('Query', engines),
      handle: (input, place) => engines.run(place, (client) => client.send(new QueryCommand(byName(input)))),
    },
    Scan: {
      permissions: onTable('Scan', engines),
      handle: (input, place) => engines.run(place, (client) => client.send(new ScanCommand(byName(input)))),
    },
    BatchGetItem: {
      permissions: onTables('BatchGetItem'),
      handle: (input, place) =>
        engines.run(place, (client) =>
          client.send(new BatchGetItemCommand({ ...input, RequestItems: byNames(input.RequestItems) })),
        ),
    },
    BatchWriteItem: {
      permissions: onTables('BatchWriteItem'),
      handle: (input, place) =>
        engines.run(place, (client) =>
          client.send(new BatchWriteItemCommand({ ...input, RequestItems: byNames(input.RequestItems) })),
        ),
    },
  };
}

function onTable(action: string, engines: Engines) {
  return ({ TableName, IndexName, ...keyed }: OnTable, context: CallContext): RequiredPermission[] => {
    const table = tableArn(context, TableName);
    const keys = leadingKeysOf(keyed, engines.partitionKeys.get(table));
    return [
      {
        action: `dynamodb:${action}`,
        resource: IndexName === undefined ? table : `${table}/index/${IndexName}`,
        ...(keys === undefined ? {} : { context: { 'dynamodb:LeadingKeys': keys } }),
      },
    ];
  };
}

function onTables(action: string) {
  return (
    { RequestItems = {} }: { readonly RequestItems: Readonly<Record<string, unknown>> | undefined },
    context: CallContext,
  ): RequiredPermission[] =>
    Object.keys(RequestItems).map((name) => ({ action: `dynamodb:${action}`, resource: tableArn(context, name) }));
}

function byName<Input extends OnTable>(input: Input): Input {
  return { ...input, TableName: toTableName(input.TableName) };
}

function byNames<Requests>(items: Readonly<Record<string, Requests>> | undefined): Record<string, Requests> {
  return Object.fromEntries(Object.entries(items ?? {}).map(([name, requests]) => [toTableName(name), requests]));
}
