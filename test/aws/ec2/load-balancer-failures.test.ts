import { TARGET } from '../../flow/fixtures';
import { FAILURES, readContext, modeOf, unknownIn, type Answers, type Input } from './played-surroundings';

/** Every call that asks what load balancers send to a target × everything that may go wrong with it. */

const ARN = `arn:aws:elasticloadbalancing:${TARGET.region}:${TARGET.account}:`;
const answering = (answer: object) => () => Promise.resolve(answer);

/** A private instance, and in its subnet a load balancer that faces the internet. */
const behind = (name: string): Answers => ({
  DescribeNetworkInterfacesCommand: ({ Filters }: Input) => {
    const isOwn = JSON.stringify(Filters).includes('group-id');
    const at = { VpcId: 'vpc-1', SubnetId: 'subnet-1', OwnerId: TARGET.account };
    const own = {
      ...{ ...at, NetworkInterfaceId: 'eni-1', Attachment: { InstanceId: 'i-1' } },
      PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.7' }],
    };
    const front = {
      ...{ ...at, NetworkInterfaceId: 'eni-2', Description: `ELB ${name}`, Association: { PublicIp: '18.0.0.9' } },
      PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.9' }],
    };
    return Promise.resolve({ NetworkInterfaces: [isOwn ? own : front] });
  },
  DescribeSecurityGroupRulesCommand: answering({
    SecurityGroupRules: [false, true].map((IsEgress) => ({
      ...{ GroupId: 'sg-front', IsEgress, IpProtocol: '-1', CidrIpv4: '0.0.0.0/0' },
    })),
  }),
});

const BY_NETWORK: Answers = {
  ...behind('net/front/1'),
  DescribeLoadBalancersCommand: answering({
    LoadBalancers: [
      {
        ...{ LoadBalancerArn: `${ARN}loadbalancer/net/front/1`, VpcId: 'vpc-1', Type: 'network' },
        ...{ Scheme: 'internet-facing', SecurityGroups: ['sg-front'] },
      },
    ],
  }),
  DescribeTargetGroupsCommand: answering({
    TargetGroups: [
      {
        ...{ TargetGroupArn: `${ARN}targetgroup/t/1`, LoadBalancerArns: [`${ARN}loadbalancer/net/front/1`] },
        ...{ Protocol: 'TCP', TargetType: 'instance', VpcId: 'vpc-1', IpAddressType: 'ipv4' },
      },
    ],
  }),
  DescribeTargetHealthCommand: answering({
    TargetHealthDescriptions: [{ Target: { Id: 'i-1', Port: 22 }, TargetHealth: { State: 'healthy' } }],
  }),
  DescribeListenersCommand: answering({
    Listeners: [{ Port: 443, Protocol: 'TCP', DefaultActions: [{ TargetGroupArn: `${ARN}targetgroup/t/1` }] }],
  }),
  DescribeTargetGroupAttributesCommand: answering({ Attributes: [] }),
};

const BY_CLASSIC: Answers = {
  ...behind('old'),
  ClassicDescribeLoadBalancersCommand: answering({
    LoadBalancerDescriptions: [
      {
        ...{ LoadBalancerName: 'old', VPCId: 'vpc-1', Scheme: 'internet-facing', SecurityGroups: ['sg-front'] },
        Instances: [{ InstanceId: 'i-1' }],
        ListenerDescriptions: [{ Listener: { Protocol: 'TCP', LoadBalancerPort: 22, InstancePort: 22 } }],
      },
    ],
  }),
};

test.each([
  ['network', BY_NETWORK, 'net/front (tcp 443 → 22) to i-1'],
  ['classic', BY_CLASSIC, 'old (tcp 22 → 22) to i-1'],
])('where all is answered, what a %s load balancer sends makes it reachable', async (_, answers, through) => {
  const context = await readContext(answers);
  expect(unknownIn(context)).toEqual([]);
  expect(context.reachable).toMatchObject({ value: { answer: 'yes', through: [through] } });
  expect(modeOf(context, 'reachable').mode).toBe('auto');
});

const CALLS: readonly (readonly [operation: string, command: string, healthy: Answers])[] = [
  ['elasticloadbalancing:DescribeLoadBalancers', 'DescribeLoadBalancersCommand', BY_NETWORK],
  ['elasticloadbalancing:DescribeTargetGroups', 'DescribeTargetGroupsCommand', BY_NETWORK],
  ['elasticloadbalancing:DescribeTargetHealth', 'DescribeTargetHealthCommand', BY_NETWORK],
  ['elasticloadbalancing:DescribeListeners', 'DescribeListenersCommand', BY_NETWORK],
  ['elasticloadbalancing:DescribeTargetGroupAttributes', 'DescribeTargetGroupAttributesCommand', BY_NETWORK],
  ['ec2:DescribeSecurityGroupRules', 'DescribeSecurityGroupRulesCommand', BY_NETWORK],
  ['elasticloadbalancing:DescribeLoadBalancers', 'ClassicDescribeLoadBalancersCommand', BY_CLASSIC],
  ['ec2:DescribeSecurityGroupRules', 'DescribeSecurityGroupRulesCommand', BY_CLASSIC],
];

describe.each(CALLS)('%s (%s)', (operation, command, healthy) => {
  test.each(Object.entries(FAILURES))('%s: reach alone is unknown, with the reason, and asks', async (_, failure) => {
    const context = await readContext({ ...healthy, [command]: failure.answer });
    expect(unknownIn(context)).toEqual(['reachable']);
    const reason = context.reachable.known ? '' : context.reachable.reason;
    expect(reason).toMatch(failure.says);
    if (!failure.says.source.includes('within')) expect(reason).toContain(operation);
    expect(modeOf(context, 'reachable')).toMatchObject({ mode: 'ask', missing: [expect.any(String) as string] });
    expect(modeOf(context, 'attached')).toMatchObject({ mode: 'auto' });
  });
});

test('what answers of another shape say of one is no way around it', async () => {
  const odd = { LoadBalancers: [{ LoadBalancerArn: 'nonsense', VpcId: null, Type: 7 }], NextMarker: '' };
  const context = await readContext({ ...BY_NETWORK, DescribeLoadBalancersCommand: answering(odd) });
  expect(context.reachable.known).toBe(false);
  expect(modeOf(context, 'reachable').mode).toBe('ask');
});
