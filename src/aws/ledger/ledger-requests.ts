import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { HOW_ENDED } from '../../core/exceptions/risk-exception';
import { grantedRuleSchema } from '../../core/grants/parse-grant';
import { parseStoredFindings } from '../../core/findings/stored-finding';
import { TRIGGERS } from '../../core/ledger/remediation-record';
import { givenAnswerSchema } from '../../core/questions/parse-question';
import { failure, success, type Result } from '../../core/result';
import { targetKey, type Target } from '../../core/target';
import * as z from '../../core/zod-mini';
import type { Ledger, PortResult, PortFailure, RemediationRequest, RequestState, SeenFinding } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { REQUEST_PREFIX, targetPartition } from './ledger-keys';

/** Requests handed over at once: as many as one event has findings. */
const REQUESTS_PER_READ = 100;

/** Longer than a message stays in the queue, which is as long as it may be delivered again. */
const ANSWERED_FOR_SECONDS = 5 * 24 * 3600;

const requestFields = z.object({
  id: z.string(),
  trigger: z.enum(TRIGGERS),
  decidedBy: z.string(),
  findings: z.array(z.object({ id: z.string(), productArn: z.string() })),
  chosenAt: z.exactOptional(z.iso.datetime()),
  askedAt: z.exactOptional(z.iso.datetime()),
  /** JSON, and read for itself: a reading that is not understood is none, and the finding is read anew. */
  seen: z.exactOptional(z.string()),
  seenAt: z.exactOptional(z.string()),
});

const requestSchema = z.union([
  z.extend(requestFields, {
    action: z.literal('undo'),
    remediationId: z.exactOptional(z.string()),
    confirmed: z.boolean(),
  }),
  z.extend(requestFields, { action: z.literal('preview') }),
  z.extend(requestFields, { action: z.literal('context') }),
  z.extend(requestFields, { action: z.literal('isolate') }),
  z.extend(requestFields, {
    action: z.literal('accept'),
    reason: z.string(),
    until: z.exactOptional(z.iso.datetime()),
    accepted: z.object({
      source: z.exactOptional(z.string()),
      ports: z.exactOptional(z.array(z.object({ from: z.int(), to: z.int() }))),
    }),
  }),
  z.extend(requestFields, {
    action: z.literal('end-exception'),
    exceptionId: z.exactOptional(z.string()),
    how: z.enum(HOW_ENDED),
  }),
  z.extend(requestFields, {
    action: z.literal('grant'),
    rule: grantedRuleSchema,
    until: z.iso.datetime(),
    reason: z.string(),
    by: z.string(),
  }),
  z.extend(requestFields, {
    action: z.literal('end-grant'),
    grantId: z.string(),
    how: z.enum(['due', 'by-hand']),
    attempt: z.exactOptional(z.int()),
  }),
  // A request that waits while a new version is deployed may be of the first one, which knew only closing.
  z.extend(requestFields, {
    action: z._default(z.literal('close'), 'close'),
    answers: z.exactOptional(z.intersection(givenAnswerSchema(), z.object({ asked: z.string() }))),
  }),
]);

const answerSchema = z.object({
  remediationId: z.exactOptional(z.string()),
  reason: z.exactOptional(z.string()),
  withdrawn: z.exactOptional(z.literal(true)),
});

export interface WaitingRequests {
  readonly requests: readonly RemediationRequest[];
  readonly more: boolean;
}

export interface LedgerRequests extends Pick<
  Ledger,
  ('saveRequest' | 'fetchRequestState' | 'fetchWaitingUndos') | ('beginRequests' | 'withdrawRequest' | 'answerRequests')
> {
  readonly fetchWaiting: (target: Target) => PortResult<WaitingRequests>;
}

/**
 * Requests, each written once under its id and kept for a while after it was answered: an item that is there, waiting
 * or answered, is what distinguishes a message that comes again from a new one. DynamoDB forgets them by `expiresAt`.
 */
export function createLedgerRequests(client: DynamoDBClient, table: string): LedgerRequests {
  const keyOf = (target: Target, id: string) => ({ pk: targetPartition(target), sk: `${REQUEST_PREFIX}${id}` });

  async function fetchRequestState(target: Target, id: string): PortResult<RequestState> {
    const read = await attempt(`The request for ${targetKey(target)} could not be read from the ledger`, () =>
      client.send(new GetItemCommand({ TableName: table, Key: marshall(keyOf(target, id)), ConsistentRead: true })),
    );
    if (!read.ok) return read;
    return success(read.value.Item ? toState(unmarshall(read.value.Item)) : { status: 'unknown' });
  }

  async function updateRequest(
    target: Target,
    id: string,
    { update, values, condition }: RequestUpdate,
  ): PortResult<void> {
    return attempt(`The request ${id} for ${targetKey(target)} could not be marked in the ledger`, async () => {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: marshall(keyOf(target, id)),
          UpdateExpression: update,
          ExpressionAttributeValues: marshall(values, { removeUndefinedValues: true }),
          ...(condition === undefined ? {} : { ConditionExpression: condition }),
        }),
      );
    });
  }

  /** @param only what else must hold of the items, with the values that it names */
  async function readWaiting(
    target: Target,
    only?: { readonly filter: string; readonly names: Record<string, string>; readonly values: Record<string, string> },
  ): PortResult<WaitingRequests> {
    const requests: RemediationRequest[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const from = start;
      const page = await attempt(`Requests for ${targetKey(target)} could not be read from the ledger`, () =>
        client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
            FilterExpression: ['attribute_not_exists(answeredAt)', ...(only ? [only.filter] : [])].join(' AND '),
            ExpressionAttributeNames: only?.names,
            ExpressionAttributeValues: marshall({
              ':pk': targetPartition(target),
              ':prefix': REQUEST_PREFIX,
              ...only?.values,
            }),
            ConsistentRead: true,
            ExclusiveStartKey: from,
          }),
        ),
      );
      if (!page.ok) return page;
      for (const item of page.value.Items ?? []) {
        const request = toRequest(target, unmarshall(item));
        if (!request.ok) return request;
        requests.push(request.value);
      }
      start = page.value.LastEvaluatedKey;
    } while (start !== undefined && requests.length <= REQUESTS_PER_READ);
    return success({ requests: requests.slice(0, REQUESTS_PER_READ), more: requests.length > REQUESTS_PER_READ });
  }

  return {
    async saveRequest(target, request) {
      const { seen, ...rest } = request;
      const item = { ...keyOf(target, request.id), ...rest, ...(seen && toStored(seen)) };
      const saved = await attempt(`The request for ${targetKey(target)} could not be written to the ledger`, () =>
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall(item),
            ConditionExpression: 'attribute_not_exists(sk)',
          }),
        ),
      );
      if (saved.ok) return success('waiting');
      if (saved.error.code !== 'conflict') return saved;
      const state = await fetchRequestState(target, request.id);
      return state.ok ? success(state.value.status === 'answered' ? 'answered' : 'waiting') : state;
    },

    fetchRequestState,

    async beginRequests(target, requests, now) {
      const begun: RemediationRequest[] = [];
      for (const request of requests) {
        const marked = await updateRequest(target, request.id, {
          update: 'SET begunAt = if_not_exists(begunAt, :now)',
          values: { ':now': now.toISOString() },
          condition: WAITS,
        });
        if (marked.ok) begun.push(request);
        else if (marked.error.code !== 'conflict') return marked;
      }
      return success(begun);
    },

    async withdrawRequest(target, id, now) {
      const withdrawn = await updateRequest(target, id, {
        update: ANSWER,
        values: {
          ...endOf(now),
          ':answer': { withdrawn: true, reason: 'It was withdrawn before anybody began with it.' },
        },
        condition: `${WAITS} AND attribute_not_exists(begunAt)`,
      });
      if (withdrawn.ok) return success('withdrawn');
      if (withdrawn.error.code !== 'conflict') return withdrawn;
      const state = await fetchRequestState(target, id);
      if (!state.ok) return state;
      const { status } = state.value;
      if (status !== 'waiting') return success(status);
      const cause = `The request ${id} for ${targetKey(target)} could not be withdrawn: it changes at this moment.`;
      return failure({ code: 'conflict', retryable: true, cause });
    },

    fetchWaiting: (target) => readWaiting(target),

    async fetchWaitingUndos(target) {
      const only = { filter: '#action = :undo', names: { '#action': 'action' }, values: { ':undo': 'undo' } };
      const waiting = await readWaiting(target, only);
      if (!waiting.ok) return waiting;
      return success(waiting.value.requests.filter((request) => request.action === 'undo'));
    },

    async answerRequests(target, requests, answer, now) {
      for (const { id } of requests) {
        const answered = await updateRequest(target, id, {
          update: ANSWER,
          values: { ...endOf(now), ':answer': answer },
          // Also of one that is gone: that it came is remembered.
        });
        if (!answered.ok) return answered;
      }
      return success(undefined);
    },
  };
}

const WAITS = 'attribute_exists(sk) AND attribute_not_exists(answeredAt)';
const ANSWER = 'SET answeredAt = :now, answer = :answer, expiresAt = :end REMOVE findings, seen, seenAt';

interface RequestUpdate {
  readonly update: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly condition?: string;
}

function endOf(now: Date): Readonly<Record<string, unknown>> {
  return { ':now': now.toISOString(), ':end': Math.floor(now.getTime() / 1000) + ANSWERED_FOR_SECONDS };
}

/** An answer that is not what was written is none: the request is answered all the same. */
function toState(item: Readonly<Record<string, unknown>>): RequestState {
  if (item['answeredAt'] === undefined) return { status: item['begunAt'] === undefined ? 'waiting' : 'begun' };
  const answer = answerSchema.safeParse(item['answer']);
  return { status: 'answered', ...(answer.success ? { answer: answer.data } : {}) };
}

/**
 * Nothing that waits is passed over in silence: what is not understood, such as a newer version's request, is named.
 */
function toRequest(target: Target, item: Record<string, unknown>): Result<RemediationRequest, PortFailure> {
  const request = requestSchema.safeParse(item);
  if (request.success) {
    const { seen: stored, seenAt, ...rest } = request.data;
    const seen = toSeen(stored, seenAt);
    return success({ ...rest, ...(seen && { seen }) });
  }
  const cause = `The item ${String(item['sk'])} of ${targetKey(target)} in the ledger is no request that can be understood.`;
  return failure({ code: 'invalid', retryable: false, cause });
}

function toStored({ finding, at }: SeenFinding) {
  return { seen: JSON.stringify([finding]), seenAt: at };
}

function toSeen(stored: string | undefined, at: string | undefined): SeenFinding | undefined {
  if (stored === undefined || at === undefined) return undefined;
  const [finding] = parseStoredFindings(stored) ?? [];
  return finding && { finding, at };
}
