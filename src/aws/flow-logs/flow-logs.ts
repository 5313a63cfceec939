import { AthenaClient } from '@aws-sdk/client-athena';
import { CloudWatchLogsClient, GetQueryResultsCommand, StartQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import type { Fact, Used } from '../../core/context/context';
import { unknown } from '../../core/context/fact';
import { chooseFlowLogs } from '../../core/context/flow-logs/choose-flow-logs';
import { blockedButFor } from '../../core/context/flow-logs/blocked-but-for';
import { gapsBesideQuery } from '../../core/context/flow-logs/gaps-beside-query';
import { bytesToScan, findLateStarts, findLogGaps } from '../../core/context/flow-logs/log-gaps';
import { toFlowQuery } from '../../core/context/flow-logs/to-flow-query';
import { toUsed, type AskedFlows, type FlowRow } from '../../core/context/flow-logs/to-used';
import { windowSince } from '../../core/context/flow-logs/window';
import type { InterfaceSeen } from '../../core/context/interface-seen';
import { failure, success, type Result } from '../../core/result';
import type { Target } from '../../core/target';
import type { FlowLogs, FlowQuestion, PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { fetchInstances } from '../ec2/fetch-instances';
import { createMemberClients } from '../sts/member-clients';
import type { MemberAccounts } from '../sts/member-credentials';
import { startTimeBudget, type TimedRead } from '../within-time';
import { askAthena, readAthena, type AthenaClients } from './athena';
import { fetchFlowLogs } from './fetch-flow-logs';
import { fetchLoggedInterfaces } from './fetch-logged-interfaces';
import { fetchLogGroups, fetchStreams } from './fetch-log-groups';

/** One read of a log stream each, and one query for all. */
const MOST_INTERFACES = 50;

/**
 * VPC flow logs in CloudWatch Logs, asked with one query of Logs Insights, and in S3, with one of Athena.
 *
 * @param seconds for all that is read before the query, and for each read of it
 */
export function createFlowLogs(accounts: MemberAccounts, seconds: number): FlowLogs {
  const ec2For = createMemberClients(accounts, (configuration) => new EC2Client(configuration));
  const logsFor = createMemberClients(accounts, (configuration) => new CloudWatchLogsClient(configuration));
  const athenaFor = createMemberClients(accounts, (configuration) => new AthenaClient(configuration));
  return {
    async ask(question) {
      const { target, remediationId } = question;
      const ec2 = await ec2For(target, remediationId);
      if (!ec2.ok) return { cannotTell: ec2.error.cause };
      const logs = await logsFor(target, remediationId);
      if (!logs.ok) return { cannotTell: logs.error.cause };
      const budget = startTimeBudget(seconds);
      const asked = await askWith({ ec2: ec2.value, logs: logs.value, athenaFor, read: budget.read }, question);
      budget.end();
      return asked.ok ? { asked: asked.value } : { cannotTell: asked.error };
    },
    async read(target, asked, remediationId) {
      const budget = startTimeBudget(seconds);
      const seen = await findStreams(target, asked, remediationId, budget.read);
      budget.end();
      return seen;
    },
  };

  async function findStreams(target: Target, asked: AskedFlows, remediationId: string, read: TimedRead) {
    if (asked.athena !== undefined) {
      return readAthena({ clients: athenaFor, read }, target, asked, asked.athena, remediationId);
    }
    const logs = await logsFor(target, remediationId);
    return logs.ok ? readWith(logs.value, asked, read) : unknown<Used>(logs.error.cause);
  }
}

interface Readers {
  readonly ec2: EC2Client;
  readonly logs: CloudWatchLogsClient;
  readonly athenaFor: AthenaClients;
  readonly read: TimedRead;
}

async function askWith(
  { ec2, logs, athenaFor, read }: Readers,
  question: FlowQuestion,
): Promise<Result<AskedFlows, string>> {
  const { target, resource, plan, attached, openedBy, limits, now } = question;
  const window = windowSince(openedBy, limits, now);
  const interfaces = await read('Its network interfaces', fetchLoggedInterfaces(ec2, target, MOST_INTERFACES));
  if (!interfaces.ok) return interfaces;
  const { seen, more } = interfaces.value;
  if (more) return failure(`cannot tell: it is on more than ${String(MOST_INTERFACES)} network interfaces`);
  const flowLogs = await read('Flow logs', fetchFlowLogs(ec2, seen));
  if (!flowLogs.ok) return flowLogs;
  const { athena } = limits;
  const chosen = chooseFlowLogs(seen, flowLogs.value, window.from, athena?.buckets);
  if (!chosen.ok) return failure(`cannot tell: ${chosen.error}`);
  const instances = await readInstances(ec2, seen, read);
  if (!instances.ok) return instances;
  const { logGroups, fields, remarks } = chosen.value;
  const gaps = [
    ...gapsBesideQuery(plan, resource, attached, seen),
    ...chosen.value.gaps,
    ...findLateStarts(window, seen, instances.value),
  ];
  if (athena !== undefined && chosen.value.place === 's3') {
    return askAthena({ clients: athenaFor, read }, athena, question, { interfaces: seen, window, gaps, remarks });
  }
  const query = toFlowQuery(fields, seen, blockedButFor(plan, resource));
  if (!query.ok) return failure(`cannot tell: ${query.error}`);
  const groups = await read('The log groups of flow logs', fetchLogGroups(logs, logGroups));
  if (!groups.ok) return groups;
  const unsearchable = groups.value.find(({ logClass }) => logClass === 'DELIVERY');
  if (unsearchable) return failure(`cannot tell: log group ${unsearchable.name} is of a class that is not searched`);
  const bytes = bytesToScan(window, groups.value);
  if (bytes > limits.gigabytes * 1e9) {
    const size = `${String(Math.ceil(bytes / 1e9))} GB would be searched`;
    return failure(`cannot tell: ${size}, more than the ${String(limits.gigabytes)} that flowLogs.gigabytes allows`);
  }
  const streams = await read('The streams of flow logs', fetchStreams(logs, logGroups, seen));
  if (!streams.ok) return streams;
  const started = await read('Flow logs', startQuery(logs, { query: query.value, logGroups, window }));
  if (!started.ok) return started;
  return success({
    queryId: started.value,
    window,
    gaps: [...gaps, ...findLogGaps(window, groups.value, streams.value)],
    remarks,
  });
}

/** Those that the interfaces are attached to. */
async function readInstances(ec2: EC2Client, seen: readonly InterfaceSeen[], read: TimedRead) {
  const ids = [...new Set(seen.flatMap(({ instanceId }) => instanceId ?? []))];
  if (ids.length === 0) return success([]);
  return read('Its instances', fetchInstances(ec2, { Name: 'instance-id', Values: ids }));
}

async function startQuery(
  logs: CloudWatchLogsClient,
  ask: { readonly query: string; readonly logGroups: readonly string[]; readonly window: AskedFlows['window'] },
): PortResult<string> {
  const { query: queryString, logGroups, window } = ask;
  const started = await attempt('logs:StartQuery', () =>
    logs.send(
      new StartQueryCommand({
        logGroupNames: [...logGroups],
        startTime: Date.parse(window.from) / 1000,
        endTime: Date.parse(window.to) / 1000,
        queryString,
      }),
    ),
  );
  if (!started.ok) return started;
  const { queryId } = started.value;
  if (queryId !== undefined) return success(queryId);
  return failure({ code: 'unknown', retryable: false, cause: 'logs:StartQuery: the answer names no query' });
}

async function readWith(
  logs: CloudWatchLogsClient,
  asked: AskedFlows,
  read: TimedRead,
): Promise<Fact<Used> | undefined> {
  const answer = await read(
    'Flow logs',
    attempt('logs:GetQueryResults', () => logs.send(new GetQueryResultsCommand({ queryId: asked.queryId }))),
  );
  if (!answer.ok) return unknown(answer.error);
  const { status = 'Unknown', results, statistics } = answer.value;
  if (status === 'Scheduled' || status === 'Running') return undefined;
  if (status !== 'Complete') return unknown(`cannot tell: the query of flow logs ended as ${status}`);
  // Without a list it does not say that nobody used it.
  if (results === undefined) return unknown('cannot tell: logs:GetQueryResults: the answer holds no list');
  const rows = results.map((row): FlowRow =>
    Object.fromEntries(row.map(({ field = '', value = '' }) => [field, value])),
  );
  return toUsed(asked, rows, statistics?.bytesScanned ?? 0);
}
