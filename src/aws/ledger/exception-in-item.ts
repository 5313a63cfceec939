import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/**
 * The exception in an item of the ledger as the AWS CLI or an export prints it, unread.
 *
 * @throws Error for what is no item
 */
export function exceptionInItem(item: unknown): unknown {
  const { pk: _partition, sk: _place, ...exception } = unmarshall(item as Record<string, AttributeValue>);
  return exception;
}
