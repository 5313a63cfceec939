import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { parseStoredFindings } from '../../core/findings/stored-finding';
import { success } from '../../core/result';
import { TARGET_KINDS, targetKey } from '../../core/target';
import * as z from '../../core/zod-mini';
import type { AnnouncedRead, PortResult, SharedReads, WaitingRead } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { READING, READS, TURN, targetPartition, UPDATES, WAITING_PREFIX } from './ledger-keys';

/** Of Security Hub's 3 calls a second two are left to those who read single targets and to the dispatcher. */
const TURN_MILLIS = 1_000;

/** Who waits longer says so again. */
const WAITS_MILLIS = 60_000;

/** What is older is read anew: somebody may have written on the finding since. */
const FRESH_MILLIS = 30_000;

/** Security Hub allows 10 updates a second, and 30 at once when nobody has updated for a while. */
const UPDATE_MILLIS = 100;

/** Times that somebody else may have come between before nobody waits any more. */
const SLOT_ATTEMPTS = 3;

/** More than one call can read for. */
const ANNOUNCED_AT_ONCE = 60;

const KEPT_SECONDS = 3_600;

const announcedSchema = z.object({
  sk: z.string(),
  remediationId: z.string(),
  target: z.object({
    kind: z.enum(TARGET_KINDS),
    partition: z.string(),
    account: z.string(),
    region: z.string(),
    id: z.string(),
  }),
});

/** One partition for who waits, in the order of time; what was read for somebody stands beside their target. */
export function createLedgerSharedReads(client: DynamoDBClient, table: string): SharedReads {
  const what = 'Who reads findings could not be told by the ledger';
  const expiresAt = (now: Date) => Math.floor(now.getTime() / 1000) + KEPT_SECONDS;

  async function put(item: Readonly<Record<string, unknown>>): PortResult<void> {
    return attempt(what, async () => {
      await client.send(new PutItemCommand({ TableName: table, Item: marshall(item) }));
    });
  }

  /** What it has changed, as that is after it. */
  async function update(
    key: Readonly<Record<string, string>>,
    UpdateExpression: string,
    values: Readonly<Record<string, unknown>>,
    ConditionExpression?: string,
  ): PortResult<Readonly<Record<string, unknown>>> {
    return attempt(what, async () => {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: marshall(key),
          UpdateExpression,
          ExpressionAttributeValues: marshall(values),
          ConditionExpression,
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return unmarshall(Attributes ?? {});
    });
  }

  return {
    async takeTurn(now) {
      const taken = await update(
        { pk: READS, sk: TURN },
        'SET takenUntil = :end',
        { ':end': now.getTime() + TURN_MILLIS, ':now': now.getTime() },
        'attribute_not_exists(takenUntil) OR takenUntil <= :now',
      );
      if (taken.ok) return success(true);
      return taken.error.code === 'conflict' ? success(false) : taken;
    },

    announce: ({ target, remediationId }, now) =>
      put({
        pk: READS,
        sk: `${WAITING_PREFIX}${now.toISOString()}#${targetKey(target)}`,
        target: { ...target },
        remediationId,
        expiresAt: expiresAt(now),
      }),

    async fetchAnnounced(now) {
      const since = new Date(now.getTime() - WAITS_MILLIS).toISOString();
      const found = await attempt(what, () =>
        client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
            FilterExpression: 'attribute_not_exists(answered)',
            ExpressionAttributeValues: marshall({
              ':pk': READS,
              ':first': `${WAITING_PREFIX}${since}`,
              // Clocks of other functions may be ahead of this one.
              ':last': `${WAITING_PREFIX}~`,
            }),
            ScanIndexForward: false,
            Limit: ANNOUNCED_AT_ONCE,
          }),
        ),
      );
      return found.ok ? success((found.value.Items ?? []).flatMap(toAnnounced)) : found;
    },

    async handOver({ key, target, remediationId }, findings, now) {
      const left = await put({
        ...readingKey({ target, remediationId }),
        remediationId,
        readAt: now.getTime(),
        findings: JSON.stringify(findings),
        expiresAt: expiresAt(now),
      });
      if (!left.ok) return left;
      const answered = await update({ pk: READS, sk: key }, 'SET answered = :yes', { ':yes': true });
      return answered.ok ? success(undefined) : answered;
    },

    async takeUpdateSlot(now) {
      const [at, key] = [now.getTime(), { pk: READS, sk: UPDATES }];
      for (let tries = 0; tries < SLOT_ATTEMPTS; tries++) {
        const values = { ':one': UPDATE_MILLIS, ':now': at };
        const behind = await update(key, 'SET nextAt = nextAt + :one', values, 'nextAt > :now');
        if (behind.ok) {
          const { nextAt } = behind.value;
          return success(typeof nextAt === 'number' ? nextAt - UPDATE_MILLIS - at : 0);
        }
        if (behind.error.code !== 'conflict') return behind;
        const first = await update(
          key,
          'SET nextAt = :next',
          { ':next': at + UPDATE_MILLIS, ':now': at },
          'attribute_not_exists(nextAt) OR nextAt <= :now',
        );
        if (first.ok) return success(0);
        if (first.error.code !== 'conflict') return first;
      }
      return success(0);
    },

    async fetchHandedOver(read, now) {
      const found = await attempt(what, () =>
        client.send(new GetItemCommand({ TableName: table, Key: marshall(readingKey(read)), ConsistentRead: true })),
      );
      if (!found.ok) return found;
      const { remediationId, readAt, findings } = unmarshall(found.value.Item ?? {});
      const isFresh = typeof readAt === 'number' && now.getTime() - readAt <= FRESH_MILLIS;
      if (!isFresh || remediationId !== read.remediationId || typeof findings !== 'string') return success(undefined);
      return success(parseStoredFindings(findings));
    },
  };
}

function readingKey({ target }: WaitingRead) {
  return { pk: targetPartition(target), sk: READING };
}

/** What is not what was written waits in vain, and its execution announces itself again. */
function toAnnounced(item: Record<string, AttributeValue>): AnnouncedRead | readonly [] {
  const parsed = announcedSchema.safeParse(unmarshall(item));
  return parsed.success
    ? { key: parsed.data.sk, remediationId: parsed.data.remediationId, target: parsed.data.target }
    : [];
}
