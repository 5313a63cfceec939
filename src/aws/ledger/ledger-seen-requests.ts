import { createHash, randomUUID } from 'node:crypto';
import { PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { success } from '../../core/result';
import type { SeenRequests } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { slackRequestKey } from './ledger-keys';

/**
 * One item a request, which DynamoDB forgets; the condition decides which of two is the first, in whatever function. It
 * says who took it: a write whose answer was lost is made again by the SDK, and finds itself there, and nobody else.
 */
export function createLedgerSeenRequests(client: DynamoDBClient, table: string): SeenRequests {
  return {
    async takeOnce(id, until) {
      const taker = randomUUID();
      const item = {
        ...slackRequestKey(createHash('sha256').update(id).digest('hex')),
        taker,
        expiresAt: Math.ceil(until.getTime() / 1000),
      };
      const taken = await attempt('A request of Slack could not be written to the ledger', async () => {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall(item),
            ConditionExpression: 'attribute_not_exists(pk) OR taker = :taker',
            ExpressionAttributeValues: marshall({ ':taker': taker }),
          }),
        );
      });
      if (taken.ok) return success(true);
      return taken.error.code === 'conflict' ? success(false) : taken;
    },
  };
}
