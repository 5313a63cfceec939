import { PutItemCommand, QueryCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { parseRemediationRecord } from '../../core/ledger/parse-remediation-record';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import { failure, success } from '../../core/result';
import { targetKey } from '../../core/target';
import type { Ledger, PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { compress } from './compressed-document';
import { fetchRecordDocument } from './fetch-record-document';
import { RECORD, REMEDIATION_PREFIX, remediationPartition, targetPartition } from './ledger-keys';

/** DynamoDB takes items of 400 KB; the rest is for the attributes beside the document. */
const MAX_DOCUMENT_BYTES = 390_000;

type Records = Pick<Ledger, 'saveRemediation' | 'fetchRemediation' | 'fetchRemediationsOf'>;

/**
 * Records as compressed JSON, beside the few attributes that people and filters look for: a group of 2,000 rules is
 * some 600 KB of JSON and 40 KB compressed. What does not fit even so is refused, and without a stored before-state
 * nothing is touched.
 */
export function createLedgerRecords(client: DynamoDBClient, table: string): Records {
  async function fetchRemediation(remediationId: string): PortResult<RemediationRecord | undefined> {
    const read = await fetchRecordDocument(client, table, remediationId);
    if (!read.ok) return read;
    if (read.value === undefined) return success(undefined);
    const record = parseRemediationRecord(read.value.document);
    if (record.ok) return record;
    const cause = `Remediation ${remediationId} in the ledger is not what was written: ${record.error}`;
    return failure({ code: 'invalid', retryable: false, cause });
  }

  return {
    saveRemediation: async (record) => {
      const { remediationId, target, action, outcome, trigger, decidedBy, startedAt } = record;
      const document = compress(record, `The record of ${remediationId}`, MAX_DOCUMENT_BYTES);
      if (!document.ok) return document;
      return attempt(`Remediation ${remediationId} could not be written to the ledger`, async () => {
        // The pointer first: one that leads nowhere is harmless, a record that nobody finds is not.
        const pointer = {
          pk: targetPartition(target),
          sk: `${REMEDIATION_PREFIX}${startedAt}#${remediationId}`,
          remediationId,
        };
        await client.send(new PutItemCommand({ TableName: table, Item: marshall(pointer) }));
        const item = {
          pk: remediationPartition(remediationId),
          sk: RECORD,
          remediationId,
          target: targetKey(target),
          action,
          outcome,
          trigger,
          decidedBy,
          startedAt,
          finishedAt: record.finishedAt,
          document: document.value,
        };
        await client.send(
          new PutItemCommand({ TableName: table, Item: marshall(item, { removeUndefinedValues: true }) }),
        );
      });
    },

    fetchRemediation,

    async fetchRemediationsOf(target) {
      const records: RemediationRecord[] = [];
      let start: Record<string, AttributeValue> | undefined;
      do {
        const from = start;
        const page = await attempt(`Remediations of ${targetKey(target)} could not be read from the ledger`, () =>
          client.send(
            new QueryCommand({
              TableName: table,
              KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
              ExpressionAttributeValues: marshall({ ':pk': targetPartition(target), ':prefix': REMEDIATION_PREFIX }),
              ScanIndexForward: false,
              ExclusiveStartKey: from,
            }),
          ),
        );
        if (!page.ok) return page;
        for (const item of page.value.Items ?? []) {
          const record = await fetchRemediation(String(unmarshall(item)['remediationId']));
          if (!record.ok) return record;
          if (record.value) records.push(record.value);
        }
        start = page.value.LastEvaluatedKey;
      } while (start !== undefined);
      return success(records);
    },
  };
}
