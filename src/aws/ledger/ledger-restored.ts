import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { parseRestored } from '../../core/ledger/parse-restored';
import { failure, success } from '../../core/result';
import { targetKey, type Target } from '../../core/target';
import * as z from '../../core/zod-mini';
import type { Ledger } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { compress, uncompressText } from './compressed-document';
import { RESTORED, targetPartition } from './ledger-keys';

/** DynamoDB takes items of 400 KB; the rest is for the keys beside the document. */
const MAX_DOCUMENT_BYTES = 390_000;

/** Earlier versions wrote the rules as plain text. */
const itemSchema = z.union([z.object({ document: z.instanceof(Uint8Array) }), z.object({ rules: z.string() })]);

/**
 * One item a target, beside its claim: only the execution that holds the target writes it. Compressed like the records:
 * what a closing could write down of a large group, its undo can as well.
 */
export function createLedgerRestored(
  client: DynamoDBClient,
  table: string,
): Pick<Ledger, 'fetchRestored' | 'saveRestored'> {
  const keyOf = (target: Target) => ({ pk: targetPartition(target), sk: RESTORED });
  return {
    async fetchRestored(target) {
      const what = `What was given back on ${targetKey(target)}`;
      const read = await attempt(`${what} could not be read from the ledger`, () =>
        client.send(new GetItemCommand({ TableName: table, Key: marshall(keyOf(target)), ConsistentRead: true })),
      );
      if (!read.ok) return read;
      if (!read.value.Item) return success([]);
      const item = itemSchema.safeParse(unmarshall(read.value.Item));
      const restored = parseRestored(item.success ? textOf(item.data) : '');
      if (restored.ok) return restored;
      const cause = `${what} is not in the ledger as it was written: ${restored.error}`;
      return failure({ code: 'invalid', retryable: false, cause });
    },

    async saveRestored(target, restored) {
      const what = `What is given back on ${targetKey(target)}`;
      const document = compress(restored, what, MAX_DOCUMENT_BYTES);
      if (!document.ok) return document;
      const item = { ...keyOf(target), document: document.value };
      return attempt(`${what} could not be written to the ledger`, async () => {
        await client.send(new PutItemCommand({ TableName: table, Item: marshall(item) }));
      });
    },
  };
}

function textOf(item: z.infer<typeof itemSchema>): string {
  return 'rules' in item ? item.rules : (uncompressText(item.document) ?? '');
}
