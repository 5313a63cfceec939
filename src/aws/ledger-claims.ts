import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { TRIGGERS } from '../core/ledger/remediation-record';
import { failure, success } from '../core/result';
import { targetKey, type Target } from '../core/target';
import type { RemediationRequest, Ledger, Outcome } from '../flow/ports';
import { attempt } from './aws-failure';
import { CLAIM, REQUEST_PREFIX, targetPartition } from './ledger-keys';

/** Requests read at once; each holds at most the findings of one event. */
const REQUESTS_PER_READ = 50;

const claimSchema = z.object({
  generation: z.int().positive(),
  arrivals: z.int().positive(),
  /** Milliseconds since the epoch; missing while nobody holds the target. */
  leaseUntil: z.int().optional(),
});

type Claim = z.infer<typeof claimSchema>;

const requestFields = z.object({
  id: z.string(),
  trigger: z.enum(TRIGGERS),
  decidedBy: z.string(),
  findings: z.array(z.object({ id: z.string(), productArn: z.string() })),
});

const requestSchema = z.union([
  requestFields.extend({ action: z.literal('undo'), remediationId: z.string(), confirmed: z.boolean() }),
  requestFields.extend({ action: z.literal('preview') }),
  // A request that waits while a new version is deployed may be of the first one, which knew only closing.
  requestFields.extend({ action: z.literal('close').default('close') }),
]);

type Claims = Pick<Ledger, 'saveRequest' | 'announceArrival' | 'openWork' | 'deleteRequests' | 'release'>;

/**
 * One execution a target, and no request lost between one that ends and one that begins, without transactions:
 * a request is written before the claim's `arrivals` is raised, and a generation ends only on the condition that
 * `arrivals` is what its execution saw before it read the requests.
 */
export function createLedgerClaims(client: DynamoDBClient, table: string): Claims {
  const claimKey = (target: Target) => marshall({ pk: targetPartition(target), sk: CLAIM });
  const requestKey = (target: Target, id: string) => ({ pk: targetPartition(target), sk: `${REQUEST_PREFIX}${id}` });

  function updateClaim(
    target: Target,
    update: string,
    values: Readonly<Record<string, number>>,
    condition?: string,
  ): Outcome<Claim> {
    return attempt(`The claim on ${targetKey(target)} could not be changed in the ledger`, async () => {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: claimKey(target),
          UpdateExpression: update,
          ExpressionAttributeValues: marshall(values),
          ConditionExpression: condition,
          ReturnValues: 'ALL_NEW',
        }),
      );
      return claimSchema.parse(unmarshall(Attributes ?? {}));
    });
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
    return attempt(`The claim on ${targetKey(target)} could not be read from the ledger`, async () => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: claimKey(target), ConsistentRead: true }),
      );
      return claimSchema.parse(unmarshall(Item ?? {}));
    });
  }

  return {
    saveRequest: (target, request) =>
      attempt(`The request for ${targetKey(target)} could not be written to the ledger`, async () => {
        const item = { ...requestKey(target, request.id), ...request };
        await client.send(new PutItemCommand({ TableName: table, Item: marshall(item) }));
      }),

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
      const read = await attempt(`Requests for ${targetKey(target)} could not be read from the ledger`, () =>
        client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
            ExpressionAttributeValues: marshall({ ':pk': targetPartition(target), ':prefix': REQUEST_PREFIX }),
            ConsistentRead: true,
            Limit: REQUESTS_PER_READ,
          }),
        ),
      );
      if (!read.ok) return read;
      return success({
        kind: 'held',
        arrivals: claim.value.arrivals,
        requests: (read.value.Items ?? []).map(toRequest),
        more: read.value.LastEvaluatedKey !== undefined,
      });
    },

    deleteRequests: (target, requests) =>
      attempt(`Requests for ${targetKey(target)} could not be deleted from the ledger`, async () => {
        for (const { id } of requests) {
          await client.send(new DeleteItemCommand({ TableName: table, Key: marshall(requestKey(target, id)) }));
        }
      }),

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
  };
}

function toRequest(item: Record<string, AttributeValue>): RemediationRequest {
  return requestSchema.parse(unmarshall(item));
}
