import type {
  GetQueryResultsRequest,
  GetQueryResultsResponse,
  StartQueryRequest,
  StartQueryResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../../runtime/aws-error';
import type { Operation } from '../../runtime/operation';
import { Regional } from '../../runtime/regional';
import { bytesOf, keptEvents, type LogStore } from '../log-store';
import { parseQuery } from './parse-query';
import { runQuery } from './run-query';

/** How long a query runs, by the sandbox's time. */
const QUERY_MILLIS = 3_000;

/**
 * Logs Insights, for the commands that the sandbox knows (parse-query.ts); any other is a MalformedQueryException that
 * says so. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
 */
export function createQueryOperations(store: LogStore): Readonly<Record<string, Operation>> {
  const queries = new Regional(
    () => new Map<string, { readonly endsMillis: number; readonly answer: GetQueryResultsResponse }>(),
  );
  const startQuery: Operation<StartQueryRequest, StartQueryResponse> = {
    permissions: ({ logGroupNames = [] }, { world, account, region }) =>
      logGroupNames.map((name) => ({
        action: 'logs:StartQuery',
        resource: `arn:${world.partition}:logs:${region}:${account}:log-group:${name}:*`,
      })),
    handle: (input, { account, region, world }) => {
      const { logGroupNames = [], startTime = 0, endTime = 0, queryString = '' } = input;
      if (logGroupNames.length === 0 || logGroupNames.length > 50) {
        throw new AwsError('InvalidParameterException', 'Name 1 to 50 log groups.');
      }
      if (startTime >= endTime) throw new AwsError('InvalidParameterException', 'startTime is not before endTime.');
      if (queryString.length > 10_000) throw new AwsError('InvalidParameterException', 'The query is too long.');
      const query = parseQuery(queryString);
      const now = world.clock.now();
      const events = logGroupNames
        .flatMap((name) => keptEvents(store.group(account, region, name), now))
        .filter(({ timestamp }) => timestamp >= startTime * 1000 && timestamp <= endTime * 1000);
      const rows = runQuery(query, events);
      const queryId = world.uuid();
      queries.at(account, region).set(queryId, {
        endsMillis: now + QUERY_MILLIS,
        answer: {
          status: 'Complete',
          results: rows.map((row) => Object.entries(row).map(([field, value]) => ({ field, value: String(value) }))),
          statistics: { bytesScanned: bytesOf(events), recordsScanned: events.length, recordsMatched: rows.length },
        },
      });
      return { queryId };
    },
  };
  const getQueryResults: Operation<GetQueryResultsRequest, GetQueryResultsResponse> = {
    permissions: () => [{ action: 'logs:GetQueryResults', resource: '*' }],
    handle: ({ queryId = '' }, { account, region, world }) => {
      const found = queries.at(account, region).get(queryId);
      if (!found) throw new AwsError('ResourceNotFoundException', 'The specified query does not exist.');
      return found.endsMillis > world.clock.now() ? { status: 'Running', results: [] } : found.answer;
    },
  };
  return { StartQuery: startQuery, GetQueryResults: getQueryResults };
}
