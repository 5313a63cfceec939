import type { Target as LedgerTarget } from '../../../src/core/target';
import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import { fetchLines, type Line, type Target } from './ec2-snapshot';
import { call, type Stage } from './stage';

/** What a scenario leaves behind. */
export interface Traces {
  readonly lines: readonly Line[];
  readonly findings: readonly FindingTrace[];
  /** Newest first; of the second deployment's ledger too. */
  readonly records: readonly RemediationRecord[];
  /** Those of them that the second deployment made. */
  readonly idsOfGate: ReadonlySet<string>;
  /** Whether an execution is believed to hold the target. */
  readonly isHeld: boolean;
  /** Requests that nobody has answered. */
  readonly waiting: number;
}

interface FindingTrace {
  readonly id: string;
  readonly workflow: string;
  readonly outcome: string;
  readonly remediationId: string;
  readonly note: string;
  readonly noteBy: string;
}

export async function fetchTraces(stage: Stage, target: Target, findingIds: readonly string[]): Promise<Traces> {
  const findings = await Promise.all(
    findingIds.map(async (id) => {
      const { Workflow, UserDefinedFields = {}, Note } = await stage.findings.findingOf(id);
      return {
        id,
        workflow: Workflow?.Status ?? 'NEW',
        outcome: UserDefinedFields['PortcullisOutcome'] ?? '',
        remediationId: UserDefinedFields['PortcullisRemediationId'] ?? '',
        note: Note?.Text ?? '',
        noteBy: Note?.UpdatedBy ?? '',
      };
    }),
  );
  const records = await fetchRecords(stage.ledger, target);
  const ofGate = await fetchRecords(stage.gate.ledger, target);
  const claims = [await fetchClaim(stage, target, 'Portcullis-Ledger'), await fetchClaim(stage, target, 'Gate-Ledger')];
  return {
    lines: await fetchLines(stage, target),
    findings,
    records: [...records, ...ofGate].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1)),
    idsOfGate: new Set(ofGate.map(({ remediationId }) => remediationId)),
    isHeld: claims.some(({ isHeld }) => isHeld),
    waiting: claims.reduce((sum, { waiting }) => sum + waiting, 0),
  };
}

function toLedgerTarget({ kind, account, region, id }: Target): LedgerTarget {
  return { kind, partition: 'aws', account, region, id };
}

async function fetchRecords(ledger: Stage['ledger'], target: Target): Promise<readonly RemediationRecord[]> {
  const records = await ledger.fetchRemediationsOf(toLedgerTarget(target));
  if (!records.ok) throw new Error(records.error.cause);
  return records.value;
}

async function fetchClaim(stage: Stage, { kind, account, region, id }: Target, TableName: string) {
  const { Items } = await call<{
    readonly Items: readonly {
      readonly sk: { readonly S: string };
      readonly nonce?: unknown;
      readonly answeredAt?: unknown;
    }[];
  }>(stage, stage.hub, 'dynamodb', 'Query', {
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: `TARGET#${account}/${region}/${kind}/${id}` } },
    ConsistentRead: true,
  });
  return {
    isHeld: Items.some(({ sk, nonce }) => sk.S === 'CLAIM' && nonce !== undefined),
    waiting: Items.filter(({ sk, answeredAt }) => sk.S.startsWith('REQUEST#') && answeredAt === undefined).length,
  };
}

/** The traces in words that are the same for every run that went the same way. */
export function renderTraces({ lines, findings, records, isHeld, waiting }: Traces, target: Target): string {
  const text = JSON.stringify({
    lines: lines.map((line) => line.text),
    findings: findings.map(({ workflow, outcome, note }) => [workflow, outcome, note]),
    records: records.map((record) => renderRecord(record, target)).sort(),
    isHeld,
    waiting,
  });
  return withoutNames(text, target);
}

function renderRecord({ action, outcome, before, runs }: RemediationRecord, target: Target): string {
  const rules = before?.kind === 'network-acl' ? before.entries : (before?.rules ?? []);
  const there = rules.map((rule) => withoutNames(JSON.stringify(rule), target)).sort();
  return JSON.stringify({ action, outcome, there, runs: runs.map(({ step, end }) => ({ step, end })) });
}

function withoutNames(text: string, target: Target): string {
  return text
    .replaceAll(target.id, 'itself')
    .replace(/\b(rem|sgr)-[0-9a-f]+/g, '$1-*')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then');
}
