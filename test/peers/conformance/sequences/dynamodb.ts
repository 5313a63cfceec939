import type { Sequence, Step } from '../sequence';

const TableName = 'peers';
const key = { pk: { S: 'target' }, sk: { S: 'claim' } };
const item = { ...key, generation: { N: '1' }, owner: { S: 'first' } };

const put = (as: string, more: object): Step => ({
  call: 'dynamodb:PutItem',
  as,
  input: { TableName, Item: item, ...more },
});
const update = (as: string, more: object): Step => ({
  call: 'dynamodb:UpdateItem',
  as,
  input: { TableName, Key: key, ...more },
});
const query = (as: string, more: object): Step => ({
  call: 'dynamodb:Query',
  as,
  input: {
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: 'list' } },
    ...more,
  },
});

export const dynamodb: readonly Sequence[] = [
  {
    name: 'items and their conditions',
    steps: [
      {
        call: 'dynamodb:CreateTable',
        input: {
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [
            { AttributeName: 'pk', AttributeType: 'S' },
            { AttributeName: 'sk', AttributeType: 'S' },
          ],
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
        },
        compare: ['TableDescription.TableName', 'TableDescription.KeySchema', 'TableDescription.TableArn'],
      },
      {
        call: 'dynamodb:DescribeTable',
        input: { TableName },
        compare: ['Table.TableStatus', 'Table.ItemCount'],
        as: 'active',
      },
      { call: 'dynamodb:GetItem', as: 'not there yet', input: { TableName, Key: key } },
      put('a claim', { ConditionExpression: 'attribute_not_exists(pk)' }),
      put('a second claim', { ConditionExpression: 'attribute_not_exists(pk)' }),
      put('the owner again', {
        ConditionExpression: '#owner = :me',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':me': { S: 'first' } },
        ReturnValues: 'ALL_OLD',
      }),
      put('a name that is not used', { ExpressionAttributeNames: { '#x': 'x' } }),
      put('a value that is not defined', { ConditionExpression: 'generation = :g' }),
      { ...put('an item without its key', {}), input: { TableName, Item: { pk: { S: 'target' } } } },
      update('counts', {
        UpdateExpression: 'SET generation = generation + :one',
        ConditionExpression: 'generation = :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
        ReturnValues: 'ALL_NEW',
      }),
      update('counts once only', {
        UpdateExpression: 'SET generation = generation + :one',
        ConditionExpression: 'generation = :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      }),
      update('appends to a list', {
        UpdateExpression: 'SET late = list_append(if_not_exists(late, :none), :one)',
        ExpressionAttributeValues: { ':none': { L: [] }, ':one': { L: [{ S: 'x' }] } },
        ReturnValues: 'UPDATED_NEW',
      }),
      update('adds to a set', {
        UpdateExpression: 'ADD seen :ids',
        ExpressionAttributeValues: { ':ids': { SS: ['a', 'b'] } },
        ReturnValues: 'UPDATED_NEW',
      }),
      update('removes', {
        UpdateExpression: 'REMOVE #owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ReturnValues: 'UPDATED_OLD',
      }),
      update('the key itself', { UpdateExpression: 'SET sk = :x', ExpressionAttributeValues: { ':x': { S: 'x' } } }),
      update('no expression that is one', {
        UpdateExpression: 'PUT x = :x',
        ExpressionAttributeValues: { ':x': { S: 'x' } },
      }),
      update('size and contains', {
        UpdateExpression: 'SET ok = :t',
        ConditionExpression: 'size(late) = :n AND contains(seen, :a)',
        ExpressionAttributeValues: { ':t': { BOOL: true }, ':n': { N: '1' }, ':a': { S: 'a' } },
      }),
      { call: 'dynamodb:GetItem', as: 'what became of it', input: { TableName, Key: key, ConsistentRead: true } },
      {
        call: 'dynamodb:GetItem',
        as: 'a projection',
        input: { TableName, Key: key, ProjectionExpression: 'generation, late[0]' },
      },
      {
        call: 'dynamodb:DeleteItem',
        as: 'another generation',
        input: {
          TableName,
          Key: key,
          ConditionExpression: 'generation = :g',
          ExpressionAttributeValues: { ':g': { N: '9' } },
        },
      },
      {
        call: 'dynamodb:DeleteItem',
        as: 'the generation',
        input: {
          TableName,
          Key: key,
          ConditionExpression: 'generation = :g',
          ExpressionAttributeValues: { ':g': { N: '2' } },
          ReturnValues: 'ALL_OLD',
        },
      },
      { call: 'dynamodb:DeleteItem', as: 'once more', input: { TableName, Key: key } },
      ...Array.from({ length: 5 }, (_, index): Step =>
        put(`list item ${index}`, { Item: { pk: { S: 'list' }, sk: { S: `2026-${index}` }, n: { N: String(index) } } }),
      ),
      query('everything', {}),
      query('backwards, two', { ScanIndexForward: false, Limit: 2 }),
      query('a range', {
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :a AND :b',
        ExpressionAttributeValues: { ':pk': { S: 'list' }, ':a': { S: '2026-1' }, ':b': { S: '2026-3' } },
      }),
      query('a prefix and a filter', {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :y)',
        FilterExpression: 'n > :n',
        ExpressionAttributeValues: { ':pk': { S: 'list' }, ':y': { S: '2026' }, ':n': { N: '2' } },
      }),
      query('counts', { Select: 'COUNT' }),
      query('no key', { KeyConditionExpression: 'sk = :pk' }),
      {
        call: 'dynamodb:BatchGetItem',
        input: {
          RequestItems: {
            [TableName]: {
              Keys: [
                { pk: { S: 'list' }, sk: { S: '2026-0' } },
                { pk: { S: 'list' }, sk: { S: 'none' } },
              ],
            },
          },
        },
      },
      { call: 'dynamodb:Scan', input: { TableName }, compare: ['Count', 'ScannedCount'] },
      { call: 'dynamodb:GetItem', as: 'a table that is not there', input: { TableName: 'nowhere', Key: key } },
      {
        call: 'dynamodb:CreateTable',
        as: 'the same table again',
        input: {
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        },
      },
    ],
  },
];
