import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  GetQueryResultsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { createLogs } from '../../../sandbox/logs/logs-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { asAdministrator, member, startMillis, startSmallSandbox } from '../small-sandbox';

const MINUTE = 60_000;
let sandbox: Sandbox;
let logs: CloudWatchLogsClient;
beforeEach(async () => {
  sandbox = await startSmallSandbox(createLogs());
  logs = new CloudWatchLogsClient(asAdministrator(sandbox, member));
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/vpc' }));
  await logs.send(new CreateLogStreamCommand({ logGroupName: '/vpc', logStreamName: 'eni-1-all' }));
  await logs.send(
    new PutLogEventsCommand({
      logGroupName: '/vpc',
      logStreamName: 'eni-1-all',
      logEvents: [
        ...['10.0.0.1 22 100', '10.0.0.1 22 50', '2001:db8::1 22 7', '10.0.0.2 443 9', 'nonsense'].map(
          (message, i) => ({ timestamp: startMillis - (10 - i) * MINUTE, message }),
        ),
        { timestamp: startMillis - 15 * 86_400_000, message: '10.0.0.9 22 1' },
      ],
    }),
  );
});
afterEach(async () => {
  logs.destroy();
  await sandbox.stop();
});

async function query(queryString: string) {
  const { queryId = '' } = await logs.send(
    new StartQueryCommand({
      logGroupNames: ['/vpc'],
      startTime: startMillis / 1000 - 3600,
      endTime: startMillis / 1000,
      queryString,
    }),
  );
  const running = await logs.send(new GetQueryResultsCommand({ queryId }));
  expect(running).toMatchObject({ status: 'Running', results: [] });
  await sandbox.world.clock.advance(5_000);
  const { status, results = [], statistics } = await logs.send(new GetQueryResultsCommand({ queryId }));
  expect(status).toBe('Complete');
  expect(statistics?.bytesScanned).toBeGreaterThan(0);
  return results.map((row) => row.map(({ field, value }) => `${field ?? ''}=${value ?? ''}`).join(' '));
}

const PARSE = 'parse @message "* * *" as src, port, bytes';

test.each<[string, string, string[]]>([
  [
    'filters, groups, sums and sorts',
    `${PARSE} | filter port = 22 | stats count(*) as n, sum(bytes) as b by src | sort b desc`,
    ['src=10.0.0.1 n=2 b=150', 'src=2001:db8::1 n=1 b=7'],
  ],
  [
    'knows subnets of both families',
    `${PARSE} | filter isIpv4InSubnet(src, "10.0.0.0/31") | stats count(*) as n`,
    ['n=2'],
  ],
  ['of IPv6 too', `${PARSE} | filter isIpv6InSubnet(src, "::/0") | stats count(*) as n`, ['n=1']],
  [
    'knows not, or, ranges and lists',
    `${PARSE} | filter (port >= 400 and port <= 500) or not src in ["10.0.0.1", "10.0.0.2"] | stats count(*) as n by src`,
    ['src=2001:db8::1 n=1', 'src=10.0.0.2 n=1', 'src= n=1'],
  ],
  ['limits', `${PARSE} | stats max(bytes) as b by src | sort b desc | limit 1`, ['src=10.0.0.1 b=100']],
])('a query %s', async (_, text, expected) => {
  expect(await query(text)).toEqual(expected);
});

test.each(['fields @timestamp | limit 3', 'filter strlen(src) > 3', 'stats avg(bytes) as b', 'filter (port = 22'])(
  'what is not known is a clear error: %s',
  async (queryString) => {
    const start = logs.send(new StartQueryCommand({ logGroupNames: ['/vpc'], startTime: 1, endTime: 2, queryString }));
    await expect(start).rejects.toMatchObject({ name: 'MalformedQueryException' });
  },
);

test('streams tell their first and last event, groups their size and retention; what is too old is not taken', async () => {
  await logs.send(new PutRetentionPolicyCommand({ logGroupName: '/vpc', retentionInDays: 7 }));
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/vp' }));
  expect(logGroups).toEqual([expect.objectContaining({ logGroupName: '/vpc', retentionInDays: 7 })]);
  expect(logGroups?.[0]?.storedBytes).toBeGreaterThan(5 * 26);
  const { logStreams } = await logs.send(
    new DescribeLogStreamsCommand({ logGroupName: '/vpc', logStreamNamePrefix: 'eni-1-' }),
  );
  expect(logStreams).toEqual([
    {
      logStreamName: 'eni-1-all',
      firstEventTimestamp: startMillis - 10 * MINUTE,
      lastEventTimestamp: startMillis - 6 * MINUTE,
    },
  ]);
});
