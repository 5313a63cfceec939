import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DeleteResourcePolicyCommand,
  DynamoDBClient,
  GetItemCommand,
  GetResourcePolicyCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { createDynamodb } from '../../../sandbox/dynamodb/dynamodb-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { asAdministrator, home, hub, provision, startSmallSandbox } from '../small-sandbox';

const TableName = 'ledger';
const ResourceArn = `arn:aws:dynamodb:${home}:${hub}:table/${TableName}`;
const Key = { pk: { S: 'a' } };
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];

const policy = (principalArn: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: WRITES.map((name) => `dynamodb:${name}`),
      Resource: ResourceArn,
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': [principalArn] } },
    },
  ],
});

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

async function makeTable(allowed: string): Promise<void> {
  await provision(sandbox, 'AWS::DynamoDB::Table', {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    ResourcePolicy: { PolicyDocument: policy(allowed) },
  });
}

const put = () => client.send(new PutItemCommand({ TableName, Item: Key }));
const ROLE = `arn:aws:iam::${hub}:role/Writer`;
const ADMINISTRATOR = `arn:aws:iam::${hub}:root`;

describe("a denial in a table's policy holds against the account's administrator", () => {
  test.each([
    ['PutItem', put],
    ['UpdateItem', () => client.send(new UpdateItemCommand({ TableName, Key }))],
    ['DeleteItem', () => client.send(new DeleteItemCommand({ TableName, Key }))],
    [
      'BatchWriteItem',
      () => client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: Key } }] } })),
    ],
  ])('for %s', async (name, write) => {
    await makeTable(ROLE);
    await expect(write()).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        new RegExp(`dynamodb:${name} on resource: ${ResourceArn} with an explicit deny in a resource-based policy`),
      ) as string,
    });
    const { Items } = await client.send(new ScanCommand({ TableName }));
    expect(Items).toEqual([]);
  });

  test('and not for reading', async () => {
    await makeTable(ROLE);
    expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toBeUndefined();
  });

  test('and not for whom its condition leaves out', async () => {
    await makeTable(ADMINISTRATOR);
    await put();
  });
});

test('a policy is shown, taken away and put back', async () => {
  await makeTable(ROLE);
  const { Policy = '' } = await client.send(new GetResourcePolicyCommand({ ResourceArn }));
  expect(JSON.parse(Policy)).toMatchObject(policy(ROLE));
  await client.send(new DeleteResourcePolicyCommand({ ResourceArn }));
  await put();
  await expect(client.send(new GetResourcePolicyCommand({ ResourceArn }))).rejects.toMatchObject({
    name: 'PolicyNotFoundException',
  });
  await client.send(new PutResourcePolicyCommand({ ResourceArn, Policy }));
  await expect(put()).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('a policy that is none is refused', async () => {
  await makeTable(ROLE);
  await expect(
    client.send(new PutResourcePolicyCommand({ ResourceArn, Policy: '{"Statement":"all"}' })),
  ).rejects.toThrow();
});
