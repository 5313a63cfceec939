import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { createFlowLogs } from '../../../src/aws/flow-logs/flow-logs';
import type { Fact, Used } from '../../../src/core/context/context';
import { known, unknown } from '../../../src/core/context/fact';
import { decideByPolicy } from '../../../src/core/policy/decide-by-policy';
import { success } from '../../../src/core/result';
import { TARGET } from '../../flow/fixtures';
import { clientThat, FAILURES, readContext, PLAN, RESOURCE, type Answers } from './played-surroundings';

/** Every call that asks who used a target × everything that may go wrong with it. */

const NOW = new Date('2026-11-29T12:00:00Z');
const answering = (answer: object) => () => Promise.resolve(answer);
const FLOW_LOG = {
  ...{ FlowLogId: 'fl-1', ResourceId: 'vpc-1', LogGroupName: '/vpc', TrafficType: 'ALL', FlowLogStatus: 'ACTIVE' },
  CreationTime: new Date('2026-01-01T00:00:00Z'),
};

/** Complete records of thirty days, of which none is of what the plan closes. */
const NOBODY: Answers = {
  DescribeInstancesCommand: answering({
    Reservations: [
      { Instances: [{ InstanceId: 'i-1', State: { Name: 'running' }, LaunchTime: new Date('2026-01-01T00:00:00Z') }] },
    ],
  }),
  DescribeFlowLogsCommand: answering({ FlowLogs: [FLOW_LOG] }),
  DescribeLogGroupsCommand: answering({ logGroups: [{ logGroupName: '/vpc', storedBytes: 1000 }] }),
  DescribeLogStreamsCommand: answering({
    logStreams: [
      {
        logStreamName: 'eni-1-all',
        firstEventTimestamp: Date.parse('2026-01-01T00:00:00Z'),
        lastEventTimestamp: NOW.getTime(),
      },
    ],
  }),
  StartQueryCommand: answering({ queryId: 'q-1' }),
  GetQueryResultsCommand: answering({ status: 'Complete', results: [], statistics: { bytesScanned: 1000 } }),
};

async function askedOf(answers: Answers): Promise<Fact<Used> | undefined> {
  jest.spyOn(EC2Client.prototype, 'send').mockImplementation(clientThat({ send: undefined as never }, answers).send);
  jest
    .spyOn(CloudWatchLogsClient.prototype, 'send')
    .mockImplementation(clientThat({ send: undefined as never }, answers).send);
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x', sessionToken: 'x', expiration: NOW };
  const flowLogs = createFlowLogs({ credentialsFor: () => Promise.resolve(success(credentials)) }, 0.05);
  const asked = await flowLogs.ask({
    ...{ target: TARGET, resource: RESOURCE, plan: PLAN, limits: { days: 30, gigabytes: 10 }, now: NOW },
    attached: known({ count: 1, kinds: ['instance'], items: [], otherVpcs: [], otherAccounts: [] }),
    openedBy: unknown('not looked up'),
    remediationId: 'rem-0123456789abcdef',
  });
  return 'asked' in asked ? flowLogs.read(TARGET, asked.asked, 'rem-0123456789abcdef') : unknown(asked.cannotTell);
}
afterEach(() => {
  jest.restoreAllMocks();
});

/** Of an entry that closes what nobody uses. */
async function modeBy(used: Fact<Used> | undefined) {
  const context = { ...(await readContext()), used: used ?? unknown('not answered') };
  const facts = { control: 'EC2.13', account: TARGET.account, region: TARGET.region, severity: 'HIGH', tags: [] };
  return decideByPolicy({ ...facts, context }, [{ when: { used: ['none-seen'] }, do: 'auto' }]).mode;
}

test('where all is answered, nobody was seen to use it, and an entry closes it', async () => {
  const used = await askedOf(NOBODY);
  expect(used).toMatchObject({ value: { answer: 'none-seen' } });
  expect(await modeBy(used)).toBe('auto');
});

describe.each([
  ['ec2:DescribeNetworkInterfaces'],
  ['ec2:DescribeFlowLogs'],
  ['ec2:DescribeInstances'],
  ['logs:DescribeLogGroups'],
  ['logs:DescribeLogStreams'],
  ['logs:StartQuery'],
  ['logs:GetQueryResults'],
])('%s', (operation) => {
  const command = `${operation.slice(operation.indexOf(':') + 1)}Command`;
  test.each(Object.entries(FAILURES))('%s: use is unknown, with the reason, and asks', async (name, failure) => {
    const used = await askedOf({ ...NOBODY, [command]: failure.answer });
    const reason = used?.known === false ? used.reason : '';
    expect(reason).toMatch(failure.says);
    // A query that answers no state has ended in one that nobody knows.
    if (name !== 'slow' && !reason.includes('ended as Unknown')) expect(reason).toContain(operation);
    expect(await modeBy(used)).toBe('ask');
  });
});

test.each<[string, Answers, RegExp]>([
  [
    'flow logs that another account keeps',
    {
      DescribeFlowLogsCommand: answering({
        FlowLogs: [{ ...FLOW_LOG, DeliverCrossAccountRole: 'arn:aws:iam::1:role/x' }],
      }),
    },
    /^cannot tell: flow logs are in another account$/,
  ],
  ['flow logs of which nothing is said', { DescribeFlowLogsCommand: answering({ FlowLogs: [{}] }) }, /^cannot tell: /],
  ['a query that failed', { GetQueryResultsCommand: answering({ status: 'Failed', results: [] }) }, /ended as Failed/],
  ['a query that was late', { GetQueryResultsCommand: answering({ status: 'Timeout' }) }, /ended as Timeout/],
  [
    'a query that is complete and has no rows to say it by',
    { GetQueryResultsCommand: answering({ status: 'Complete', statistics: { bytesScanned: 1000 } }) },
    /the answer holds no list/,
  ],
  [
    'a query that scanned it does not say what',
    { GetQueryResultsCommand: answering({ status: 'Complete', results: [] }) },
    /nothing was there to search/,
  ],
])('%s: use is unknown, and asks', async (_, answers, says) => {
  const used = await askedOf({ ...NOBODY, ...answers });
  expect(used).toMatchObject({ known: false, reason: expect.stringMatching(says) as string });
  expect(await modeBy(used)).toBe('ask');
});
