import { GetItemCommand, UpdateItemCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { failure, success, type Result } from '../../core/result';
import { renderSchemaError } from '../../core/schema-words';
import { targetKey, type Target } from '../../core/target';
import * as z from '../../core/zod-mini';
import type { Ledger, Outcome, PortFailure } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { CLAIM, targetPartition } from './ledger-keys';
import { createLedgerRequests } from './ledger-requests';

const claimSchema = z.object({
  generation: z.int().check(z.positive()),
  arrivals: z.int().check(z.positive()),
  /** Milliseconds since the epoch; missing while nobody holds the target. */
  leaseUntil: z.optional(z.int()),
});

type Claim = z.infer<typeof claimSchema>;

/** One that somebody changed by hand must fail for its own target only, not for the whole batch that it is met in. */
function toClaim(target: Target, item: Record<string, AttributeValue> = {}): Result<Claim, PortFailure> {
  const stored = unmarshall(item);
  const claim = claimSchema.safeParse(stored);
  if (claim.success) return success(claim.data);
  const cause = `The claim on ${targetKey(target)} in the ledger is not what was written: ${renderSchemaError(claim.error, stored)}`;
  return failure({ code: 'invalid', retryable: false, cause });
}

type Claims = Pick<
  Ledger,
  | 'saveRequest'
  | 'fetchRequestStanding'
  | 'announceArrival'
  | 'openWork'
  | 'fetchWaitingUndos'
  | 'answerRequests'
  | 'release'
  | 'giveUp'
>;

/**
 * One execution a target, and no request lost between one that ends and one that begins, without transactions:
 * a request is written before the claim's `arrivals` is raised, and a generation ends only on the condition that
 * `arrivals` is what its execution saw before it read the requests.
 */
export function createLedgerClaims(client: DynamoDBClient, table: string): Claims {
  const claimKey = (target: Target) => marshall({ pk: targetPartition(target), sk: CLAIM });
  const { fetchWaiting, ...requests } = createLedgerRequests(client, table);

  async function updateClaim(
    target: Target,
    update: string,
    values: Readonly<Record<string, number>>,
    condition?: string,
  ): Outcome<Claim> {
    const updated = await attempt(`The claim on ${targetKey(target)} could not be changed in the ledger`, () =>
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: claimKey(target),
          UpdateExpression: update,
          ExpressionAttributeValues: marshall(values),
          ConditionExpression: condition,
          ReturnValues: 'ALL_NEW',
        }),
      ),
    );
    return updated.ok ? toClaim(target, updated.value.Attributes) : updated;
  }

  /** The execution behind an expired lease cannot be alive: its generation ends here, unless somebody was faster. */
  async function takeOver(target: Target, expired: Claim, leaseUntil: number): Outcome<Claim> {
    const taken = await updateClaim(
      target,
      'SET generation = :next, leaseUntil = :until',
      {
        ':next': expired.generation + 1,
        ':until': leaseUntil,
        ':seen': expired.generation,
        ':lease': expired.leaseUntil ?? 0,
      },
      'generation = :seen AND leaseUntil = :lease',
    );
    if (taken.ok || taken.error.code !== 'conflict') return taken;
    const read = await attempt(`The claim on ${targetKey(target)} could not be read from the ledger`, () =>
      client.send(new GetItemCommand({ TableName: table, Key: claimKey(target), ConsistentRead: true })),
    );
    return read.ok ? toClaim(target, read.value.Item) : read;
  }

  return {
    ...requests,

    async announceArrival(target, { now, until }) {
      const leaseUntil = until.getTime();
      const announced = await updateClaim(
        target,
        'ADD arrivals :one SET generation = if_not_exists(generation, :one), leaseUntil = if_not_exists(leaseUntil, :until)',
        { ':one': 1, ':until': leaseUntil },
      );
      if (!announced.ok) return announced;
      const expired = announced.value.leaseUntil !== undefined && announced.value.leaseUntil < now.getTime();
      const claim = expired ? await takeOver(target, announced.value, leaseUntil) : announced;
      return claim.ok ? success({ generation: claim.value.generation }) : claim;
    },

    async openWork(target, generation, { until }) {
      const claim = await updateClaim(
        target,
        'SET leaseUntil = :until',
        { ':until': until.getTime(), ':mine': generation },
        'generation = :mine',
      );
      if (!claim.ok) return claim.error.code === 'conflict' ? success({ kind: 'superseded' }) : claim;
      const waiting = await fetchWaiting(target);
      return waiting.ok ? success({ kind: 'held', arrivals: claim.value.arrivals, ...waiting.value }) : waiting;
    },

    async release(target, generation, arrivals) {
      const released = await updateClaim(
        target,
        'SET generation = :next REMOVE leaseUntil',
        { ':next': generation + 1, ':mine': generation, ':seen': arrivals },
        'generation = :mine AND arrivals = :seen',
      );
      if (released.ok) return success(true);
      return released.error.code === 'conflict' ? success(false) : failure(released.error);
    },

    async giveUp(target, generation) {
      const ended = await updateClaim(
        target,
        'SET generation = :next REMOVE leaseUntil',
        { ':next': generation + 1, ':mine': generation },
        'generation = :mine',
      );
      return ended.ok || ended.error.code === 'conflict' ? success(undefined) : ended;
    },
  };
}
