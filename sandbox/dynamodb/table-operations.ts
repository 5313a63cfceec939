import {
  CreateTableCommand,
  DescribeTableCommand,
  ListTablesCommand,
  type CreateTableInput,
  type CreateTableOutput,
  type DescribeTableInput,
  type DescribeTableOutput,
  type ListTablesInput,
  type ListTablesOutput,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';

import type { CallContext, Operation } from '../runtime/operation';
import type { Engines } from './engines';
import { tableArn, toTableName } from './table-arn';

export interface TableOperations {
  readonly CreateTable: Operation<CreateTableInput, CreateTableOutput>;
  readonly DescribeTable: Operation<DescribeTableInput, DescribeTableOutput>;
  readonly ListTables: Operation<ListTablesInput, ListTablesOutput>;
}

/**
 * Makes, describes and lists tables by the engine, whose answers get the ARNs of the caller's account and Region.
 * Its errors come out with DynamoDB's own codes: ResourceInUseException, ResourceNotFoundException.
 */
export function createTableOperations(engines: Engines): TableOperations {
  return {
    CreateTable: {
      permissions: ({ TableName }, context) => [
        { action: 'dynamodb:CreateTable', resource: tableArn(context, TableName) },
      ],
      handle: async (input, context) => {
        const { TableDescription } = await engines.run(context, (client) => client.send(new CreateTableCommand(input)));
        return { TableDescription: TableDescription && withArns(TableDescription, context) };
      },
    },
    DescribeTable: {
      permissions: ({ TableName }, context) => [
        { action: 'dynamodb:DescribeTable', resource: tableArn(context, TableName) },
      ],
      handle: async ({ TableName }, context) => {
        const { Table } = await engines.run(context, (client) =>
          client.send(new DescribeTableCommand({ TableName: toTableName(TableName) })),
        );
        return { Table: Table && withArns(Table, context) };
      },
    },
    ListTables: {
      permissions: () => [{ action: 'dynamodb:ListTables', resource: '*' }],
      handle: (input, context) => engines.run(context, (client) => client.send(new ListTablesCommand(input))),
    },
  };
}

/** The engine knows one account and partition only. */
function withArns(table: TableDescription, context: CallContext): TableDescription {
  const arn = tableArn(context, table.TableName);
  return {
    ...table,
    TableArn: arn,
    ...(table.GlobalSecondaryIndexes
      ? {
          GlobalSecondaryIndexes: table.GlobalSecondaryIndexes.map((index) => ({
            ...index,
            IndexArn: `${arn}/index/${index.IndexName ?? ''}`,
          })),
        }
      : {}),
  };
}
