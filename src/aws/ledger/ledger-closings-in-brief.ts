import { storedTarget } from '../../core/stored-target';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { success } from '../../core/result';
import * as z from '../../core/zod-mini';
import type { Closings } from '../../flow/ports';
import { fetchRecordDocument } from './fetch-record-document';

const briefSchema = () =>
  z.object({
    action: z.enum(['close', 'isolate']),
    target: storedTarget,
    finishedAt: z.exactOptional(z.string()),
    undoneBy: z.exactOptional(z.string()),
  });

/** Some fields of records: the schemas of all of them would be a good part of a cold start. */
export function createLedgerClosingsInBrief(client: DynamoDBClient, table: string): Closings {
  return {
    async fetchClosing(remediationId) {
      const read = await fetchRecordDocument(client, table, remediationId);
      if (!read.ok) return read;
      if (read.value === undefined) return success(undefined);
      const brief = briefSchema().safeParse(read.value.document);
      if (!brief.success) return success(undefined);
      const { action: _, ...closing } = brief.data;
      return success(closing);
    },
  };
}
