import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { parseGivenBack } from '../../core/ledger/parse-given-back';
import { failure, success } from '../../core/result';
import { targetKey, type Target } from '../../core/target';
import * as z from '../../core/zod-mini';
import type { Ledger } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { compress, uncompressText } from './compressed-document';
import { GIVEN_BACK, targetPartition } from './ledger-keys';

/** DynamoDB takes items of 400 KB; the rest is for the keys beside the document. */
const MAX_DOCUMENT_BYTES = 390_000;

/** Earlier versions wrote the rules as plain text. */
const itemSchema = z.union([z.object({ document: z.instanceof(Uint8Array) }), z.object({ rules: z.string() })]);

/**
 * One item a target, beside its claim: only the execution that holds the target writes it. Compressed like the records: what
 * a closing could write down of a large group, its undo can as well.
 */
export function createLedgerGivenBack(
  client: DynamoDBClient,
  table: string,
): Pick<Ledger, 'fetchGivenBack' | 'saveGivenBack'> {
  const keyOf = (target: Target) => ({ pk: targetPartition(target), sk: GIVEN_BACK });
  return {
    async fetchGivenBack(target) {
      const what = `What was given back on ${targetKey(target)}`;
      const read = await attempt(`${what} could not be read from the ledger`, () =>
        client.send(new GetItemCommand({ TableName: table, Key: marshall(keyOf(target)), ConsistentRead: true })),
      );
      if (!read.ok) return read;
      if (!read.value.Item) return success([]);
      const item = itemSchema.safeParse(unmarshall(read.value.Item));
      const givenBack = parseGivenBack(item.success ? textOf(item.data) : '');
      if (givenBack.ok) return givenBack;
      const cause = `${what} is not in the ledger as it was written: ${givenBack.error}`;
      return failure({ code: 'invalid', retryable: false, cause });
    },

    async saveGivenBack(target, givenBack) {
      const what = `What is given back on ${targetKey(target)}`;
      const document = compress(givenBack, what, MAX_DOCUMENT_BYTES);
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
