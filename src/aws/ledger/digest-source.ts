import { paginateScan, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { DigestedRemediation } from '../../core/digest/to-digest';
import { parseException } from '../../core/exceptions/parse-exception';
import type { RiskException } from '../../core/exceptions/risk-exception';
import type { Grant } from '../../core/grants/grant';
import { parseGrant } from '../../core/grants/parse-grant';
import { REMEDIATION_ACTIONS, REMEDIATION_OUTCOMES } from '../../core/ledger/remediation-record';
import { DIGEST_SUBJECT } from '../../core/messages/subject-of';
import { sentAtOf } from '../../core/messages/thread';
import { parseQuestion } from '../../core/questions/parse-question';
import type { Question } from '../../core/questions/question';
import { failure, success, type Result } from '../../core/result';
import { renderSchemaError } from '../../core/schema-words';
import * as z from '../../core/zod-mini';
import type { DigestSource } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { EXCEPTION, GRANT, questionKey, RECORD, threadPartition } from './ledger-keys';

/** What stands beside the document of a record, which is not unpacked. */
const recordSchema = z.object({
  remediationId: z.string(),
  target: z.string().check(z.regex(/^\d{12}(\/[\w-]+){3}$/)),
  // Missing in what earlier versions have written.
  action: z.exactOptional(z.enum(REMEDIATION_ACTIONS)),
  outcome: z.enum(REMEDIATION_OUTCOMES),
  finishedAt: z.string(),
});

/**
 * One scan: everything is read once a day, and a role that may scan needs nothing else. What does not read as it was
 * written is counted.
 */
export function createDigestSource(client: DynamoDBClient, table: string): DigestSource {
  const sent = threadPartition('email', DIGEST_SUBJECT);
  return {
    read: (since) =>
      attempt(`The ledger ${table} cannot be read for a digest`, async () => {
        const found = {
          remediations: [] as DigestedRemediation[],
          ...{ questions: [] as Question[], exceptions: [] as RiskException[], grants: [] as Grant[] },
          unreadable: 0,
        };
        let lastUntil: string | undefined;
        function take<Item>(list: Item[], item: Result<Item, string>): void {
          if (item.ok) list.push(item.value);
          else found.unreadable += 1;
        }
        const values = { ':record': RECORD, ':since': since.toISOString(), ':question': questionKey('').sk };
        const pages = paginateScan(
          { client },
          {
            TableName: table,
            FilterExpression:
              '(sk = :record AND finishedAt >= :since) OR sk = :question OR pk IN (:exception, :grant, :sent)',
            ExpressionAttributeValues: marshall({ ...values, ':exception': EXCEPTION, ':grant': GRANT, ':sent': sent }),
            ConsistentRead: true,
          },
        );
        for await (const page of pages) {
          for (const item of page.Items ?? []) {
            const fields = unmarshall(item);
            if (fields['pk'] === sent) lastUntil = lastUntilOf(fields['record']);
            else if (fields['pk'] === EXCEPTION) take(found.exceptions, parseException(fields));
            else if (fields['pk'] === GRANT) take(found.grants, parseGrant(fields));
            else if (fields['sk'] === RECORD) take(found.remediations, toDigested(fields));
            else take(found.questions, parseQuestion(fields));
          }
        }
        return { ...found, ...(lastUntil !== undefined && { lastUntil }) };
      }),
  };
}

function toDigested(fields: Readonly<Record<string, unknown>>): Result<DigestedRemediation, string> {
  const record = recordSchema.safeParse(fields);
  if (!record.success) return failure(renderSchemaError(record.error, fields));
  const [account = '', region = '', , id = ''] = record.data.target.split('/');
  return success({ ...record.data, target: { account, region, id } });
}

/** What the notifier keeps of a thread is a text. */
function lastUntilOf(record: unknown): string | undefined {
  try {
    const { lastSentAt } = JSON.parse(String(record)) as { readonly lastSentAt?: unknown };
    return typeof lastSentAt === 'string' ? sentAtOf(lastSentAt) : undefined;
  } catch {
    return undefined;
  }
}
