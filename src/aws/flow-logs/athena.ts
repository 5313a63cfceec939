import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  GetWorkGroupCommand,
  StartQueryExecutionCommand,
  type AthenaClient,
  type Row,
} from '@aws-sdk/client-athena';
import type { Fact, Used } from '../../core/context/context';
import { unknown } from '../../core/context/fact';
import type { AthenaTable } from '../../core/context/flow-logs/athena-table';
import { blockedButFor } from '../../core/context/flow-logs/blocked-but-for';
import { usedByAthena } from '../../core/context/flow-logs/from-athena';
import { toAthenaQuery, type AthenaQuery } from '../../core/context/flow-logs/to-athena-query';
import type { AskedFlows, FlowRow } from '../../core/context/flow-logs/to-used';
import type { InterfaceSeen } from '../../core/context/interface-seen';
import { failure, success, type Result } from '../../core/result';
import type { Target } from '../../core/target';
import { shorten } from '../../core/updates/compose-note';
import type { FlowQuestion, PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import type { MemberClients } from '../sts/member-clients';
import type { TimedRead } from '../within-time';

export type AthenaClients = MemberClients<AthenaClient>;

interface AthenaReaders {
  readonly clients: AthenaClients;
  readonly read: TimedRead;
}

const MOST_CHARACTERS = 300;

interface ToAsk extends Pick<AskedFlows, 'window' | 'gaps' | 'remarks'> {
  readonly interfaces: readonly InterfaceSeen[];
}

/**
 * Starts the query, where its work group keeps it from reading more than is allowed: nothing says before what a query
 * will read. The error says why none was started.
 * https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html
 */
export async function askAthena(
  { clients, read }: AthenaReaders,
  table: AthenaTable,
  { target, resource, plan, limits, remediationId }: FlowQuestion,
  { interfaces, ...known }: ToAsk,
): Promise<Result<AskedFlows, string>> {
  const query = toAthenaQuery(table, interfaces, blockedButFor(plan, resource), known.window);
  if (!query.ok) return failure(`cannot tell: ${query.error}`);
  const { account = target.account, region = target.region, workGroup } = table;
  const athena = await clients({ ...target, account, region }, remediationId);
  if (!athena.ok) return failure(athena.error.cause);
  const group = await read(
    `Work group ${workGroup} of Athena`,
    attempt('athena:GetWorkGroup', () => athena.value.send(new GetWorkGroupCommand({ WorkGroup: workGroup }))),
  );
  if (!group.ok) return group;
  const { BytesScannedCutoffPerQuery: most } = group.value.WorkGroup?.Configuration ?? {};
  const allowed = `the ${String(limits.gigabytes)} GB that flowLogs.gigabytes allows`;
  if (most === undefined) {
    return failure(`cannot tell: work group ${workGroup} lets a query scan any number of bytes, more than ${allowed}`);
  }
  if (most > limits.gigabytes * 1e9) {
    const size = `${String(Math.ceil(most / 1e9))} GB`;
    return failure(`cannot tell: work group ${workGroup} lets a query scan ${size}, more than ${allowed}`);
  }
  const started = await read('Flow logs in S3', start(athena.value, workGroup, query.value));
  if (!started.ok) return started;
  const interfaceIds = interfaces.map(({ id }) => id);
  return success({ queryId: started.value, ...known, athena: { account, region, interfaceIds } });
}

function start(athena: AthenaClient, WorkGroup: string, { sql, parameters }: AthenaQuery): PortResult<string> {
  return attempt('athena:StartQueryExecution', async () => {
    const ask = { QueryString: sql, ExecutionParameters: [...parameters], WorkGroup };
    const { QueryExecutionId = '' } = await athena.send(new StartQueryExecutionCommand(ask));
    return QueryExecutionId;
  });
}

/** What the query answered; undefined while it runs. */
export async function readAthena(
  { clients, read }: AthenaReaders,
  target: Target,
  asked: AskedFlows,
  { account, region, interfaceIds }: NonNullable<AskedFlows['athena']>,
  remediationId: string,
): Promise<Fact<Used> | undefined> {
  const athena = await clients({ ...target, account, region }, remediationId);
  if (!athena.ok) return unknown(athena.error.cause);
  const { queryId: QueryExecutionId } = asked;
  const execution = await read(
    'Flow logs in S3',
    attempt('athena:GetQueryExecution', () => athena.value.send(new GetQueryExecutionCommand({ QueryExecutionId }))),
  );
  if (!execution.ok) return unknown(execution.error);
  const { Status: { State = 'UNKNOWN', StateChangeReason = '' } = {}, Statistics } =
    execution.value.QueryExecution ?? {};
  if (State === 'QUEUED' || State === 'RUNNING') return undefined;
  if (State !== 'SUCCEEDED') {
    const why = shorten(StateChangeReason.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim(), MOST_CHARACTERS);
    return unknown(`cannot tell: the query of Athena ended as ${State}${why === '' ? '' : `: ${why}`}`);
  }
  const results = await read(
    'Flow logs in S3',
    attempt('athena:GetQueryResults', () =>
      athena.value.send(new GetQueryResultsCommand({ QueryExecutionId, MaxResults: 1000 })),
    ),
  );
  if (!results.ok) return unknown(results.error);
  const rows = toFlowRows(results.value.ResultSet?.Rows ?? []);
  return usedByAthena(asked, interfaceIds, rows, Statistics?.DataScannedInBytes ?? 0);
}

/** The first row of an answer names its columns. */
function toFlowRows([heading, ...rows]: readonly Row[]): readonly FlowRow[] {
  const names = (heading?.Data ?? []).map(({ VarCharValue = '' }) => VarCharValue);
  return rows.map(({ Data = [] }) =>
    Object.fromEntries(names.map((name, index) => [name, Data[index]?.VarCharValue ?? ''])),
  );
}
