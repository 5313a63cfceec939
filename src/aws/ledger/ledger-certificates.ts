import { PutItemCommand, QueryCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { CertificateAnchor, CertificateContents, CertificatePlace } from '../../core/certificate/certificate';
import { sealCertificate } from '../../core/certificate/seal-certificate';
import { failure, success } from '../../core/result';
import { renderSchemaError } from '../../core/schema-words';
import { targetKey, type Target } from '../../core/target';
import * as z from '../../core/zod-mini';
import type { Ledger, PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { compress, uncompress } from './compressed-document';
import { certificateKey, CERTIFICATE_PREFIX, targetPartition } from './ledger-keys';
import { queryPartition } from './query-partition';
import { sha256 } from '../sha-256';

/**
 * DynamoDB takes items of 400 KB. A certificate holds what its record holds, whose limit is lower, and the hashes: one
 * whose record was stored fits.
 */
const MAX_DOCUMENT_BYTES = 400_000;

/** Only one execution at a time works on a target, so that the place at the end is hardly ever taken meanwhile. */
const MAX_TRIES = 5;

const headSchema = z.object({
  sequence: z.int().check(z.positive()),
  hash: z.string(),
  previous: z.nullable(z.string()),
});

interface Head extends CertificatePlace {
  readonly hash: string;
}

type Certificates = Pick<Ledger, 'saveCertificate' | 'fetchChainEnd' | 'fetchCertificatesOf'>;

/** The chain of each target: one item a certificate, numbered, and written only where none is yet. */
export function createLedgerCertificates(client: DynamoDBClient, table: string): Certificates {
  const queryOf = (target: Target) => ({
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: marshall({ ':pk': targetPartition(target), ':prefix': CERTIFICATE_PREFIX }),
    ConsistentRead: true,
  });

  async function fetchHead(target: Target): PortResult<Head | undefined> {
    const read = await attempt(`The certificates of ${targetKey(target)} could not be read from the ledger`, () =>
      client.send(new QueryCommand({ ...queryOf(target), ScanIndexForward: false, Limit: 1 })),
    );
    if (!read.ok) return read;
    const [item] = read.value.Items ?? [];
    if (item === undefined) return success(undefined);
    const stored = unmarshall(item);
    const head = headSchema.safeParse(stored);
    if (head.success) return success(head.data);
    const cause = `The latest certificate of ${targetKey(target)} in the ledger is not what was written: ${renderSchemaError(head.error, stored)}`;
    return failure({ code: 'invalid', retryable: false, cause });
  }

  async function fetchChainEnd(target: Target, backTo?: string): PortResult<readonly unknown[]> {
    const found: unknown[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const from = start;
      const page = await attempt(`The certificates of ${targetKey(target)} could not be read from the ledger`, () =>
        client.send(
          new QueryCommand({
            ...queryOf(target),
            ScanIndexForward: false,
            ExclusiveStartKey: from,
            ...(backTo === undefined ? { Limit: 1 } : {}),
          }),
        ),
      );
      if (!page.ok) return page;
      for (const item of page.value.Items ?? []) {
        const { document, remediationId } = unmarshall(item);
        found.unshift(uncompress(document) ?? null);
        if (backTo === undefined || remediationId === backTo) return success(found);
      }
      start = page.value.LastEvaluatedKey;
    } while (start !== undefined);
    return success(found);
  }

  async function append(contents: CertificateContents, place: CertificatePlace): PortResult<CertificateAnchor> {
    const certificate = sealCertificate(contents, place, sha256);
    const { remediationId, sequence, previous, hash, parts } = certificate;
    const document = compress(certificate, `The certificate of ${remediationId}`, MAX_DOCUMENT_BYTES);
    if (!document.ok) return document;
    const item = {
      ...certificateKey(parts.target, sequence),
      sequence,
      previous,
      hash,
      remediationId,
      outcome: parts.outcome.outcome,
      finishedAt: parts.times.finishedAt,
      document: document.value,
    };
    return attempt(`The certificate of ${remediationId} could not be written to the ledger`, async () => {
      const anchor = { sequence, hash };
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: marshall(item),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
      return anchor;
    });
  }

  return {
    async saveCertificate(contents) {
      const { target } = contents.parts;
      for (let tries = 1; ; tries++) {
        const head = await fetchHead(target);
        if (!head.ok) return head;
        if (head.value && sealCertificate(contents, head.value, sha256).hash === head.value.hash) {
          return success({ sequence: head.value.sequence, hash: head.value.hash });
        }
        const { sequence = 0, hash = null } = head.value ?? {};
        const appended = await append(contents, { sequence: sequence + 1, previous: hash });
        if (appended.ok || appended.error.code !== 'conflict') return appended;
        if (tries === MAX_TRIES) return failure({ ...appended.error, retryable: true });
      }
    },

    fetchChainEnd,

    async fetchCertificatesOf(target) {
      const items = await queryPartition(client, {
        table,
        pk: targetPartition(target),
        prefix: CERTIFICATE_PREFIX,
        what: `The certificates of ${targetKey(target)} could not be read from the ledger`,
      });
      return items.ok ? success(items.value.map((item) => uncompress(unmarshall(item)['document']) ?? null)) : items;
    },
  };
}
