import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { failure, success, type Result } from '../../core/result';
import { parseSweep, parseSweptPlace } from '../../core/sweeping/parse-sweep';
import { placeKey } from '../../core/sweeping/place';
import type { SweptPlace } from '../../core/sweeping/swept-place';
import type { PortFailure, PortResult, Sweeps } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { inChunks } from '../in-chunks';
import { compress, uncompress } from './compressed-document';
import { latestSweepKey, SWEEP, SWEPT_PREFIX, sweepPartition } from './ledger-keys';
import { queryPartition } from './query-partition';

const MAX_DOCUMENT_BYTES = 390_000;

/** Compressed to a tenth: far below what an item may take. */
const TARGETS_PER_ITEM = 1_000;

/** How long it is kept what a sweep found where; its totals stay for good. */
const KEPT_DAYS = 30;
const DAY_SECONDS = 86_400;

/** A sweep says that it goes on after each step, which takes a function's ten minutes at the most. */
const SILENT_MILLIS = 30 * 60_000;

/** A partition for each sweep: its totals, and an item or more for each place. */
export function createLedgerSweeps(client: DynamoDBClient, table: string, now: () => Date): Sweeps {
  const put = (item: object, what: string): PortResult<void> =>
    attempt(what, async () => {
      await client.send(
        new PutItemCommand({ TableName: table, Item: marshall(item, { removeUndefinedValues: true }) }),
      );
    });

  const putLatest = (item: object, condition: string, values: object): PortResult<boolean> =>
    attempt('Which sweep is under way could not be written to the ledger', async () => {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: marshall({ ...latestSweepKey(), ...item }),
          ConditionExpression: condition,
          ExpressionAttributeValues: marshall(values),
        }),
      );
    }).then((put) => {
      if (put.ok) return success(true);
      return put.error.code === 'conflict' ? success(false) : put;
    });

  return {
    claim({ sweepId, startedAt }, at) {
      const silentSince = new Date(at.getTime() - SILENT_MILLIS).toISOString();
      return putLatest(
        { sweepId, startedAt, seenAt: at.toISOString() },
        'attribute_not_exists(pk) OR sweepId = :mine OR attribute_exists(finishedAt) OR seenAt < :silent',
        { ':mine': sweepId, ':silent': silentSince },
      );
    },

    async letGo({ sweepId, startedAt }, at) {
      const seenAt = at.toISOString();
      const item = { sweepId, startedAt, seenAt, finishedAt: seenAt };
      const ended = await putLatest(item, 'sweepId = :mine', { ':mine': sweepId });
      return ended.ok ? success(undefined) : ended;
    },

    async fetchLatest() {
      const read = await attempt('Which sweep was the last could not be read from the ledger', () =>
        client.send(new GetItemCommand({ TableName: table, Key: marshall(latestSweepKey()), ConsistentRead: true })),
      );
      if (!read.ok) return read;
      return success(read.value.Item?.['sweepId']?.S);
    },

    async saveSweep(sweep) {
      const { sweepId, by, startedAt, finishedAt } = sweep;
      const document = compress(sweep, `Sweep ${sweepId}`, MAX_DOCUMENT_BYTES);
      if (!document.ok) return document;
      const item = {
        pk: sweepPartition(sweepId),
        sk: SWEEP,
        sweepId,
        by,
        startedAt,
        finishedAt,
        document: document.value,
      };
      return put(item, `Sweep ${sweepId} could not be written to the ledger`);
    },

    async fetchSweep(sweepId) {
      const Key = marshall({ pk: sweepPartition(sweepId), sk: SWEEP });
      const read = await attempt(`Sweep ${sweepId} could not be read from the ledger`, () =>
        client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true })),
      );
      if (!read.ok) return read;
      if (read.value.Item === undefined) return success(undefined);
      return asWritten(parseSweep(uncompress(unmarshall(read.value.Item)['document'])), `Sweep ${sweepId}`);
    },

    async savePlace(sweepId, place) {
      const chunks = inChunks(place.targets, TARGETS_PER_ITEM);
      const parts = Math.max(chunks.length, 1);
      const expiresAt = Math.floor(now().getTime() / 1000) + KEPT_DAYS * DAY_SECONDS;
      for (let part = 0; part < parts; part++) {
        const whole = part === 0 ? place : { ...place, securityGroups: 0, networkAcls: 0, unreadable: [] };
        const document = compress({ ...whole, targets: chunks[part] ?? [] }, placeKey(place), MAX_DOCUMENT_BYTES);
        if (!document.ok) return document;
        const sk = `${SWEPT_PREFIX}${placeKey(place)}#${String(part).padStart(4, '0')}`;
        const item = { pk: sweepPartition(sweepId), sk, part, parts, document: document.value, expiresAt };
        const written = await put(item, `What sweep ${sweepId} found could not be written to the ledger`);
        if (!written.ok) return written;
      }
      return success(undefined);
    },

    async fetchPlaces(sweepId) {
      const what = `What sweep ${sweepId} found could not be read from the ledger`;
      const pk = sweepPartition(sweepId);
      const items = await queryPartition(client, { table, pk, prefix: SWEPT_PREFIX, what });
      if (!items.ok) return items;
      const places: SweptPlace[] = [];
      let parts = 1;
      for (const item of items.value) {
        const { document, sk, part, parts: all } = unmarshall(item);
        const place = asWritten(parseSweptPlace(uncompress(document)), String(sk));
        if (!place.ok) return place;
        const last = places.at(-1);
        if (part === 0 || last === undefined) {
          places.push(place.value);
          parts = Number(all);
          // What is beyond was written by an attempt that found more.
        } else if (Number(part) < parts) {
          places[places.length - 1] = { ...last, targets: [...last.targets, ...place.value.targets] };
        }
      }
      return success(places);
    },
  };
}

function asWritten<Value>(parsed: Result<Value, string>, what: string): Result<Value, PortFailure> {
  if (parsed.ok) return parsed;
  const cause = `${what} in the ledger is not what was written: ${parsed.error}`;
  return failure({ code: 'invalid', retryable: false, cause });
}
