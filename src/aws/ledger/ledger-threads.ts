import { randomUUID } from 'node:crypto';
import { UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { failure, success, type Result } from '../../core/result';
import { renderSchemaError } from '../../core/schema-words';
import * as z from '../../core/zod-mini';
import type { PortFailure, ThreadKey, ThreadRecord, Threads } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { THREAD, threadPartition } from './ledger-keys';

/** A receiver's keys are of use as long as somebody may close, undo or open again what they are about. */
const KEPT_SECONDS = 400 * 24 * 3600;

const states = z.record(z.string(), z.object({ isOpen: z.boolean(), sentAt: z.string() }));

const threadSchema = z.object({ keys: z.record(z.string(), z.string()), controls: states });

const begunSchema = z.object({
  id: z.string(),
  sent: z.array(z.string()),
  before: threadSchema,
  overtaken: z.boolean(),
  // Missing in what earlier versions have written.
  says: z.exactOptional(states),
});

const recordSchema = z.object({
  thread: threadSchema,
  lastSentAt: z.exactOptional(z.string()),
  delivered: z.array(z.string()),
  begun: z.array(begunSchema),
});

/** One item a channel and target; its record is a text, since it is read and written whole. */
export function createLedgerThreads(client: DynamoDBClient, table: string): Threads {
  return {
    async hold(key, now, forSeconds) {
      const holder = randomUUID();
      const seconds = Math.floor(now.getTime() / 1000);
      const what = `What ${key.channel} was told about ${key.subject}`;
      const held = await attempt(`${what} could not be held in the ledger`, () =>
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyOf(key),
            UpdateExpression: 'SET holder = :holder, heldUntil = :until, expiresAt = :end',
            ConditionExpression: 'attribute_not_exists(holder) OR heldUntil < :now',
            ExpressionAttributeValues: marshall({
              ':holder': holder,
              ':until': seconds + forSeconds,
              ':now': seconds,
              ':end': seconds + KEPT_SECONDS,
            }),
            ReturnValues: 'ALL_NEW',
          }),
        ),
      );
      if (!held.ok) return held;
      const item = unmarshall(held.value.Attributes ?? {});
      const record = toRecord(item['record'], what);
      if (!record.ok) return record;
      const write = (update: string) => (next: ThreadRecord) =>
        attempt(`${what} could not be written to the ledger`, async () => {
          await client.send(
            new UpdateItemCommand({
              TableName: table,
              Key: keyOf(key),
              UpdateExpression: update,
              ConditionExpression: 'holder = :holder',
              ExpressionAttributeNames: { '#record': 'record' },
              ExpressionAttributeValues: marshall({ ':holder': holder, ':record': JSON.stringify(next) }),
            }),
          );
        });
      return success({
        record: record.value,
        save: write('SET #record = :record'),
        release: write('SET #record = :record REMOVE holder, heldUntil'),
      });
    },
  };
}

function keyOf({ channel, subject }: ThreadKey) {
  return marshall({ pk: threadPartition(channel, subject), sk: THREAD });
}

/** One that somebody changed by hand is not taken for none: everything would be sent again. */
function toRecord(text: unknown, what: string): Result<ThreadRecord | undefined, PortFailure> {
  if (text === undefined) return success(undefined);
  const value = parseJson(text);
  const record = recordSchema.safeParse(value);
  if (record.success) return success(record.data);
  const cause = `${what} is not in the ledger as it was written: ${renderSchemaError(record.error, value)}`;
  return failure({ code: 'invalid', retryable: false, cause });
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
