import { EC2Client, type DescribeNetworkInterfacesCommandOutput } from '@aws-sdk/client-ec2';
import { fetchInterfaces } from '../../../src/aws/ec2/fetch-interfaces';
import { briefContext } from '../../../src/core/context/brief-context';
import { describeContext } from '../../../src/core/context/describe-context';
import { toContext } from '../../../src/core/context/to-context';
import { unreadSurroundings } from '../../../src/core/context/unread-surroundings';
import { planClosing } from '../../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { matchConditions } from '../../../src/core/policy/match-conditions';
import type { Resource } from '../../../src/core/resource';
import { success } from '../../../src/core/result';
import { ingress, TARGET } from '../../flow/fixtures';
import { readContext, modeOf, unknownIn, type Answers, type Input } from './played-surroundings';

/** A group on so many interfaces, whose names are the longest that tags may be. */
function ec2With(count: number): { readonly client: EC2Client; readonly pages: () => number } {
  const client = new EC2Client({ region: 'eu-central-1' });
  let pages = 0;
  jest.spyOn(client, 'send').mockImplementation(((command: { input: { NextToken?: string } }) => {
    const from = Number(command.input.NextToken ?? 0);
    pages += 1;
    const NetworkInterfaces = Array.from({ length: Math.min(1000, count - from) }, (_, at) => ({
      NetworkInterfaceId: `eni-${String(from + at)}`,
      Description: `\u001b[31m${'x'.repeat(255)}`,
      VpcId: 'vpc-1',
      SubnetId: 'subnet-1',
      OwnerId: TARGET.account,
    }));
    const NextToken = from + 1000 < count ? String(from + 1000) : undefined;
    return Promise.resolve({ NetworkInterfaces, NextToken, $metadata: {} } as DescribeNetworkInterfacesCommandOutput);
  }) as never);
  return { client, pages: () => pages };
}

test.each([
  [5_000, 5, false],
  [5_001, 5, true],
  [60_000, 5, true],
])(
  'of %i interfaces at most 5,000 are read, in %i calls, and it is said whether there are more',
  async (count, calls, more) => {
    const { client, pages } = ec2With(count);
    const read = await fetchInterfaces(client, []);
    expect({ calls: pages(), more: read.ok && read.value.more, seen: read.ok && read.value.seen.length }).toEqual({
      ...{ calls, more, seen: 5_000 },
    });
  },
);

const resource: Resource = {
  ...{ kind: 'security-group', id: TARGET.id, name: 'web', vpcId: 'vpc-1', tags: [], prefixLists: {} },
  rules: [ingress('sgr-1')],
};

test('more interfaces than were read are not known to be all, close nothing, and stay short in notes and events', async () => {
  const { client } = ec2With(5_001);
  const interfaces = await fetchInterfaces(client, []);
  if (!interfaces.ok) throw new Error(interfaces.error.cause);
  const controls = [{ id: 'EC2.13' as const, parameters: [] }];
  const plan = planClosing({ resource, controls, policy: DEFAULT_PLAN_POLICY, account: TARGET.account });
  const context = toContext(TARGET, resource, plan, {
    ...unreadSurroundings('not read'),
    interfaces: success(interfaces.value),
    associations: success([]),
    instances: success([]),
  });
  expect(context.attached).toMatchObject({ value: { count: 5_000, more: true, items: { length: 20 } } });
  expect(context.reachable.known).toBe(false);
  const facts = { control: 'EC2.13', account: undefined, region: undefined, severity: undefined, tags: [], context };
  expect(matchConditions({ attachedTo: ['other'] }, facts, 'auto').match).toBe('unknown');
  expect(matchConditions({ reachable: ['no'] }, facts, 'auto').match).toBe('unknown');
  expect(describeContext(context)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(describeContext(context).length).toBeLessThan(512);
  expect(JSON.stringify(briefContext(context)).length).toBeLessThan(5_000);
});

/** So many interfaces, each of an instance of its own with an agent, by pages of 1,000; and what was asked, by call. */
function manyAttached(count: number): { readonly answers: Answers; readonly asked: Record<string, number> } {
  const asked: Record<string, number> = {};
  const paged = (name: string, toItem: (at: number) => object, list: (items: readonly object[]) => object) => {
    return ({ NextToken = 0 }: Input) => {
      asked[name] = (asked[name] ?? 0) + 1;
      const from = Number(NextToken);
      const items = Array.from({ length: Math.min(1000, count - from) }, (_, at) => toItem(from + at));
      return Promise.resolve({ ...list(items), ...(from + 1000 < count && { NextToken: String(from + 1000) }) });
    };
  };
  const own = paged(
    'DescribeNetworkInterfaces',
    (at) => ({
      ...{ NetworkInterfaceId: `eni-${String(at)}`, VpcId: 'vpc-1', SubnetId: 'subnet-1', OwnerId: TARGET.account },
      Attachment: { InstanceId: `i-${String(at)}` },
    }),
    (NetworkInterfaces) => ({ NetworkInterfaces }),
  );
  const answers: Answers = {
    DescribeNetworkInterfacesCommand: (input) =>
      JSON.stringify(input).includes('group-id') ? own(input) : Promise.resolve({ NetworkInterfaces: [] }),
    DescribeInstancesCommand: paged(
      'DescribeInstances',
      (at) => ({ InstanceId: `i-${String(at)}`, State: { Name: 'running' } }),
      (Instances) => ({ Reservations: [{ Instances }] }),
    ),
    DescribeInstanceInformationCommand: ({ Filters }) => {
      asked['DescribeInstanceInformation'] = (asked['DescribeInstanceInformation'] ?? 0) + 1;
      const [{ Values = [] } = {}] = Filters as readonly { readonly Values?: readonly string[] }[];
      const InstanceInformationList = Values.map((InstanceId) => ({ InstanceId, PingStatus: 'Online' }));
      return Promise.resolve({ InstanceInformationList });
    },
    DescribeRouteTablesCommand: () =>
      Promise.resolve({
        RouteTables: [{ VpcId: 'vpc-1', OwnerId: TARGET.account, Associations: [{ Main: true }], Routes: [] }],
      }),
  };
  return { answers, asked };
}

describe('what is around a group on many instances', () => {
  const CALLS = { DescribeNetworkInterfaces: 5, DescribeInstances: 5 };

  test('of 5,000 takes five pages of interfaces and of instances and one look for agents, and all of it is known', async () => {
    const { answers, asked } = manyAttached(5_000);
    const context = await readContext(answers, 60);
    expect(asked).toEqual({ ...CALLS, DescribeInstanceInformation: 1 });
    expect(unknownIn(context)).toEqual([]);
    expect(context.attached).toMatchObject({ value: { count: 5_000, kinds: ['instance'] } });
    expect(context.reachable).toMatchObject({ value: { answer: 'no' } });
    // Of more than a hundred, agents of a hundred are asked for: the others have none.
    expect(context.otherWayIn).toMatchObject({ value: { answer: 'no' } });
  });

  test('of 60,000 takes no more, and what hangs on all of them is unknown, and asks', async () => {
    const { answers, asked } = manyAttached(60_000);
    const context = await readContext(answers, 60);
    expect(asked).toEqual(CALLS);
    expect(unknownIn(context)).toEqual(['reachable', 'otherWayIn', 'owner']);
    expect(context.attached).toMatchObject({
      value: { count: 5_000, more: true },
      evidence: [
        expect.stringMatching(/^more than 5,000 network interfaces$/) as string,
        expect.stringContaining('there are more than 5000 instances') as string,
      ],
    });
    for (const fact of ['attached', 'reachable', 'otherWayIn', 'owner'] as const)
      expect(modeOf(context, fact)).toMatchObject({ mode: 'ask', missing: [expect.any(String) as string] });
  });
});
