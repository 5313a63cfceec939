import { GetItemCommand, UpdateItemCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { failure, success, type Result } from '../../core/result';
import { renderSchemaError } from '../../core/schema-words';
import { targetKey, type Target } from '../../core/target';
import * as z from '../../core/zod-mini';
import type { Ledger, PortResult, PortFailure, Tenure } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { CLAIM, targetPartition } from './ledger-keys';
import { createLedgerRequests } from './ledger-requests';

const claimSchema = z.object({
  generation: z.int().check(z.positive()),
  arrivals: z.int().check(z.positive()),
  /** Of the holding; missing while nobody holds the target. */
  nonce: z.optional(z.string()),
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
  | ('saveRequest' | 'fetchRequestState' | 'beginRequests' | 'withdrawRequest' | 'answerRequests')
  | ('announceArrival' | 'openWork' | 'fetchWaitingUndos' | 'release' | 'giveUp')
>;

/**
 * One execution a target, and no request lost between one that ends and one that begins, without transactions:
 * a request is written before the claim's `arrivals` is raised, and a holding ends only on the condition that
 * `arrivals` is what its execution saw before it read the requests. No time is compared: whether a holder lives is
 * asked where its execution is.
 */
export function createLedgerClaims(client: DynamoDBClient, table: string): Claims {
  const claimKey = (target: Target) => marshall({ pk: targetPartition(target), sk: CLAIM });
  const { fetchWaiting, ...requests } = createLedgerRequests(client, table);

  async function updateClaim(
    target: Target,
    update: string,
    values: Readonly<Record<string, number | string>>,
    condition?: string,
  ): PortResult<Claim> {
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

  async function readClaim(target: Target): PortResult<Claim | undefined> {
    const read = await attempt(`The claim on ${targetKey(target)} could not be read from the ledger`, () =>
      client.send(new GetItemCommand({ TableName: table, Key: claimKey(target), ConsistentRead: true })),
    );
    if (!read.ok) return read;
    return read.value.Item ? toClaim(target, read.value.Item) : success(undefined);
  }

  const endHolding = 'SET generation = :next REMOVE nonce';
  const endOf = ({ generation, nonce }: Tenure) => ({ ':next': generation + 1, ':mine': generation, ':mark': nonce });
  const isMine = 'generation = :mine AND nonce = :mark';

  return {
    ...requests,

    async announceArrival(target, nonce) {
      const announced = await updateClaim(
        target,
        'ADD arrivals :one SET generation = if_not_exists(generation, :one), nonce = if_not_exists(nonce, :mark)',
        { ':one': 1, ':mark': nonce },
      );
      if (!announced.ok) return announced;
      const { generation, nonce: held = nonce } = announced.value;
      return success({ generation, nonce: held, isNew: held === nonce });
    },

    async openWork(target, { generation, nonce }) {
      const claim = await readClaim(target);
      if (!claim.ok) return claim;
      if (claim.value?.generation !== generation || claim.value.nonce !== nonce) return success({ kind: 'superseded' });
      const waiting = await fetchWaiting(target);
      return waiting.ok ? success({ kind: 'held', arrivals: claim.value.arrivals, ...waiting.value }) : waiting;
    },

    async release(target, tenure, arrivals) {
      const values = { ...endOf(tenure), ':seen': arrivals };
      const released = await updateClaim(target, endHolding, values, `${isMine} AND arrivals = :seen`);
      if (released.ok) return success(true);
      return released.error.code === 'conflict' ? success(false) : failure(released.error);
    },

    async giveUp(target, tenure) {
      const ended = await updateClaim(target, endHolding, endOf(tenure), isMine);
      return ended.ok || ended.error.code === 'conflict' ? success(undefined) : ended;
    },
  };
}
