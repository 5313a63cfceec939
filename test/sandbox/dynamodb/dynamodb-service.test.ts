import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';

import { createDynamodb } from '../../../sandbox/dynamodb/dynamodb-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { asAdministrator, home, hub, member, provision, provisionRole, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
let client: DynamoDBClient;
beforeEach(async () => {
  sandbox = await startSmallSandbox(createDynamodb());
  client = new DynamoDBClient(asAdministrator(sandbox, hub));
});
afterEach(async () => {
  client.destroy();
  await sandbox.stop();
});

const properties = {
  TableName: 'ledger',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'gpk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-g',
      KeySchema: [{ AttributeName: 'gpk', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
};
const item = (sk: string, more: object = {}) => ({ pk: { S: 'a' }, sk: { S: sk }, gpk: { S: 'g' }, ...more });

test('items are put under a condition, updated, read and queried', async () => {
  const made = await provision(sandbox, 'AWS::DynamoDB::Table', properties);
  expect(made).toMatchObject({ ref: 'ledger', attributes: { Arn: `arn:aws:dynamodb:${home}:${hub}:table/ledger` } });
  const put = new PutItemCommand({
    TableName: 'ledger',
    Item: item('1', { bytes: { B: new Uint8Array([1, 2]) }, set: { SS: ['x', 'y'] }, map: { M: { n: { N: '1.5' } } } }),
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  await client.send(put);
  await expect(client.send(put)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  const updated = await client.send(
    new UpdateItemCommand({
      TableName: 'ledger',
      Key: { pk: { S: 'a' }, sk: { S: '1' } },
      UpdateExpression: 'SET #n = if_not_exists(#n, :zero) + :one',
      ExpressionAttributeNames: { '#n': 'count' },
      ExpressionAttributeValues: { ':zero': { N: '0' }, ':one': { N: '1' } },
      ReturnValues: 'ALL_NEW',
    }),
  );
  expect(updated.Attributes).toMatchObject({ count: { N: '1' }, map: { M: { n: { N: '1.5' } } } });
  const { Item } = await client.send(
    new GetItemCommand({ TableName: 'ledger', Key: { pk: { S: 'a' }, sk: { S: '1' } }, ConsistentRead: true }),
  );
  expect(Item?.['bytes']?.B).toEqual(new Uint8Array([1, 2]));
  const query = await client.send(
    new QueryCommand({
      TableName: 'ledger',
      IndexName: 'by-g',
      KeyConditionExpression: 'gpk = :g',
      ExpressionAttributeValues: { ':g': { S: 'g' } },
    }),
  );
  expect(query.Items).toHaveLength(1);
});

test('batches write and read', async () => {
  await provision(sandbox, 'AWS::DynamoDB::Table', properties);
  const RequestItems = { ledger: ['1', '2'].map((sk) => ({ PutRequest: { Item: item(sk) } })) };
  await client.send(new BatchWriteItemCommand({ RequestItems }));
  const read = await client.send(
    new BatchGetItemCommand({ RequestItems: { ledger: { Keys: [{ pk: { S: 'a' }, sk: { S: '2' } }] } } }),
  );
  expect(read.Responses?.['ledger']).toEqual([item('2')]);
});

test('a global table of one Region, as CDK writes it', async () => {
  await provision(sandbox, 'AWS::DynamoDB::GlobalTable', { ...properties, Replicas: [{ Region: home }] });
  const described = await client.send(new DescribeTableCommand({ TableName: 'ledger' }));
  expect(described.Table).toMatchObject({
    TableStatus: 'ACTIVE',
    TableArn: `arn:aws:dynamodb:${home}:${hub}:table/ledger`,
  });
});

test('accounts do not share tables', async () => {
  await provision(sandbox, 'AWS::DynamoDB::Table', properties);
  const other = new DynamoDBClient(asAdministrator(sandbox, member));
  expect(await other.send(new ListTablesCommand({}))).toMatchObject({ TableNames: [] });
  expect(await client.send(new ListTablesCommand({}))).toMatchObject({ TableNames: ['ledger'] });
});

test('a role without the permission is refused before the engine is asked', async () => {
  await provision(sandbox, 'AWS::DynamoDB::Table', properties);
  const roleArn = await provisionRole(sandbox, {
    name: 'Reader',
    account: hub,
    trusted: 'lambda.amazonaws.com',
    actions: ['dynamodb:GetItem'],
  });
  const { principal } = sandbox.world.identity.assumeAsService({
    service: 'lambda.amazonaws.com',
    roleArn,
    sessionName: 's',
    sourceAccount: hub,
    sourceArn: 'arn:aws:lambda:x',
  });
  const call = { principal, account: hub, region: home };
  const put = sandbox.world.call('dynamodb', 'PutItem', { TableName: 'ledger', Item: item('1') }, call);
  await expect(put).rejects.toMatchObject({ code: 'AccessDeniedException' });
});

test('a table that does not exist', async () => {
  const get = client.send(new GetItemCommand({ TableName: 'none', Key: { pk: { S: 'a' } } }));
  await expect(get).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
