import type { AttributeValue } from '@aws-sdk/client-dynamodb';

type Attributes = Readonly<Record<string, AttributeValue>>;

/** Where requests have the key of the item that they are about. */
export interface KeyedInput {
  readonly Key?: Attributes | undefined;
  readonly Item?: Attributes | undefined;
  readonly KeyConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Attributes | undefined;
}

/**
 * The value of the condition key `dynamodb:LeadingKeys`: partition keys of items that are texts. Undefined for requests
 * without one: of a whole table, in batches, and by an index.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export function leadingKeysOf(input: KeyedInput, partitionKey: string | undefined): readonly string[] | undefined {
  if (partitionKey === undefined) return undefined;
  const value = (input.Key ?? input.Item)?.[partitionKey] ?? askedByQuery(input, partitionKey);
  return value?.S === undefined ? undefined : [value.S];
}

/** `pk = :pk`, or `#pk = :pk`. */
function askedByQuery(input: KeyedInput, partitionKey: string): AttributeValue | undefined {
  const { KeyConditionExpression = '', ExpressionAttributeNames = {}, ExpressionAttributeValues = {} } = input;
  for (const [, name = '', value = ''] of KeyConditionExpression.matchAll(/(#?\w+)\s*=\s*(:\w+)/g)) {
    if ((ExpressionAttributeNames[name] ?? name) === partitionKey) return ExpressionAttributeValues[value];
  }
  return undefined;
}
