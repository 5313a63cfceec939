import { leadingKeysOf } from '../../../sandbox/dynamodb/leading-keys';

const key = { pk: { S: 'NOTICE#a' }, sk: { S: 'THREAD' } };

test.each([
  ['of an item by its key', { Key: key }, ['NOTICE#a']],
  ['of an item that is put', { Item: key }, ['NOTICE#a']],
  [
    'of a query',
    {
      KeyConditionExpression: '#p = :p AND begins_with(sk, :s)',
      ExpressionAttributeNames: { '#p': 'pk' },
      ExpressionAttributeValues: { ':p': { S: 'NOTICE#b' }, ':s': { S: 'T' } },
    },
    ['NOTICE#b'],
  ],
  ['of a scan', {}, undefined],
])('dynamodb:LeadingKeys %s', (_what, input, keys) => {
  expect(leadingKeysOf(input, 'pk')).toEqual(keys);
});
