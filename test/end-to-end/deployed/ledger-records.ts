import { gunzipSync } from 'node:zlib';
import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { Context } from '../../../src/core/context/context';
import type { PlanStep } from '../../../src/core/planning/plan';
import type { Reason } from '../../../src/core/reasons/reason';
import type { Clients } from './clients';
import type { Findings } from './findings';

/** What the ledger keeps, as far as tests look at it. */
export interface LedgerRecord {
  readonly outcome: string;
  readonly target: { readonly id: string };
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly reason?: string;
  readonly reasons?: readonly Reason[];
  readonly context?: Context;
  readonly before?: { readonly rules: readonly SecurityGroupRule[] };
  readonly after?: readonly SecurityGroupRule[];
  readonly runs: readonly { readonly executionId?: string; readonly step: PlanStep; readonly end?: string }[];
  readonly findings: readonly {
    readonly id: string;
    readonly previousNote?: { readonly text: string; readonly updatedBy: string };
  }[];
}

export interface LedgerRecords {
  /** The record of the remediation that a finding names, undefined when it names none. */
  findRecordOf(findingId: string): Promise<LedgerRecord | undefined>;
  /** {@link findRecordOf} that must find one. */
  recordOf(findingId: string): Promise<LedgerRecord>;
  /** All records about a target, by its id: previews and looks are named by no finding. */
  recordsOn(targetId: string): Promise<readonly LedgerRecord[]>;
}

export function createLedgerRecords({ dynamoDb }: Clients, { findingOf }: Pick<Findings, 'findingOf'>): LedgerRecords {
  async function findRecordOf(findingId: string): Promise<LedgerRecord | undefined> {
    const remediationId = (await findingOf(findingId)).UserDefinedFields?.['PortcullisRemediationId'];
    if (remediationId === undefined) return undefined;
    const { Item } = await dynamoDb.send(
      new GetItemCommand({
        TableName: 'Portcullis-Ledger',
        Key: { pk: { S: `REMEDIATION#${remediationId}` }, sk: { S: 'RECORD' } },
      }),
    );
    const document = Item?.['document']?.B;
    return document && parse(document);
  }

  function parse(document: Uint8Array): LedgerRecord {
    return JSON.parse(gunzipSync(document).toString('utf8')) as LedgerRecord;
  }

  return {
    findRecordOf,
    async recordsOn(targetId) {
      const { Items = [] } = await dynamoDb.send(new ScanCommand({ TableName: 'Portcullis-Ledger' }));
      return Items.filter(({ sk }) => sk?.S === 'RECORD')
        .flatMap(({ document }) => (document?.B ? parse(document.B) : []))
        .filter(({ target }) => target.id === targetId);
    },
    async recordOf(findingId) {
      const record = await findRecordOf(findingId);
      if (!record) throw new Error(`The ledger has no record of what was done about ${findingId}`);
      return record;
    },
  };
}
