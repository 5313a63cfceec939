import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingClient } from '@aws-sdk/client-elastic-load-balancing';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { readBalancers } from '../../../src/aws/elb/read-balancers';
import type { InterfaceSeen } from '../../../src/core/context/interface-seen';
import { TARGET } from '../../flow/fixtures';

type Answers = Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => object>>;

/** Clients that answer so, by operation, and what they were asked. */
function readersThat(answers: Answers) {
  const asked: string[] = [];
  const answering = <Client extends object>(client: Client, prefix = ''): Client => {
    const send = (command: { readonly constructor: { readonly name: string }; readonly input: never }) => {
      const name = `${prefix}${command.constructor.name.replace(/Command$/, '')}`;
      asked.push(name);
      const answer = answers[name];
      return answer ? Promise.resolve(answer(command.input)) : Promise.reject(new Error(`${name} was not expected`));
    };
    return Object.assign(client, { send });
  };
  const region = { region: 'eu-central-1' };
  const readers = {
    ec2: answering(new EC2Client(region)),
    elb: answering(new ElasticLoadBalancingV2Client(region)),
    classicElb: answering(new ElasticLoadBalancingClient(region), 'Classic'),
  };
  return { readers, asked };
}

const eni = (id: string, over: Partial<InterfaceSeen>): InterfaceSeen => ({
  ...{ id, subnetId: 'subnet-1', vpcId: 'vpc-1', owner: TARGET.account, type: 'interface', description: '' },
  ...{ publicIpv4: [], ipv6: [], privateIps: [] },
  ...over,
});
const own = [eni('eni-1', { instanceId: 'i-web', privateIps: ['10.0.0.7'] })];
const ARN = 'arn:aws:elasticloadbalancing:eu-central-1:222222222222:';
const front = (name: string, over: Partial<InterfaceSeen> = {}) =>
  eni(`eni-${name}`, { description: `ELB ${name}`, publicIpv4: ['18.0.0.9'], privateIps: ['10.0.0.9'], ...over });

const balancers = (...some: readonly object[]): Answers => ({
  DescribeLoadBalancers: () => ({
    LoadBalancers: some.map((each) => ({ VpcId: 'vpc-1', Scheme: 'internet-facing', Type: 'network', ...each })),
  }),
});
const network = { LoadBalancerArn: `${ARN}loadbalancer/net/front/1` };
const groups = (count: number, over: object = {}): Answers => ({
  DescribeTargetGroups: () => ({
    TargetGroups: Array.from({ length: count }, (_, at) => ({
      ...{ TargetGroupArn: `${ARN}targetgroup/t/${String(at)}`, LoadBalancerArns: [network.LoadBalancerArn] },
      ...{ Protocol: 'TCP', TargetType: 'instance', VpcId: 'vpc-1', IpAddressType: 'ipv4' },
      ...over,
    })),
  }),
});
const targets = (...some: readonly object[]): Answers => ({
  DescribeTargetHealth: () => ({ TargetHealthDescriptions: some }),
});
const listeners: Answers = {
  DescribeListeners: () => ({
    Listeners: [
      { Port: 443, Protocol: 'TLS', DefaultActions: [{ TargetGroupArn: `${ARN}targetgroup/t/0` }] },
      { Port: 80, Protocol: 'TCP', DefaultActions: [{ TargetGroupArn: `${ARN}targetgroup/t/9` }] },
    ],
  }),
};
const keeps = (Value?: string): Answers => ({
  DescribeTargetGroupAttributes: () => ({
    Attributes: Value === undefined ? [] : [{ Key: 'preserve_client_ip.enabled', Value }],
  }),
});
const web = { Target: { Id: 'i-web', Port: 22 }, TargetHealth: { State: 'unhealthy' } };

async function sendingsOf(answers: Answers, nodes = [front('net/front/1')]) {
  const { readers, asked } = readersThat(answers);
  const read = await readBalancers(readers, own, nodes);
  return { read, asked, sendings: read.ok ? read.value.flatMap((each) => each.sendings) : [] };
}

test('one that sends elsewhere takes three calls', async () => {
  const elsewhere = { Target: { Id: 'i-other', Port: 22 } };
  const { read, asked } = await sendingsOf({ ...balancers(network), ...groups(1), ...targets(elsewhere) });
  expect(asked).toEqual(['DescribeLoadBalancers', 'DescribeTargetGroups', 'DescribeTargetHealth']);
  expect(read).toMatchObject({ ok: true, value: [{ name: 'net/front/1', sendings: [] }] });
});

test('one that sends to a target, healthy or not, shows from where and on which port', async () => {
  const { sendings } = await sendingsOf({
    ...{ ...balancers(network), ...groups(1), ...targets(web), ...listeners, ...keeps('false') },
  });
  expect(sendings).toEqual([
    {
      ...{ to: { kind: 'instance', id: 'i-web' }, port: 22, protocols: ['tcp'], family: 'ipv4', keepsClient: false },
      listeners: [{ port: 443, protocols: ['tcp'], isSure: true }],
    },
  ]);
});

test.each<[string, object, string | undefined, boolean | 'perhaps']>([
  ['TCP to an instance, of which nothing is said', {}, undefined, true],
  ['TCP to an address, of which nothing is said', { TargetType: 'ip' }, undefined, false],
  ['TCP to an address, that is set to', { TargetType: 'ip' }, 'true', true],
  ['TLS to an instance, that is set not to', { Protocol: 'TLS' }, 'false', false],
])('a network load balancer keeps the client: %s', async (_, over, set, expected) => {
  const target = 'TargetType' in over ? { Target: { Id: '10.0.0.7', Port: 22 } } : web;
  const given = { ...balancers(network), ...groups(1, over), ...targets(target), ...listeners, ...keeps(set) };
  expect((await sendingsOf(given)).sendings.map(({ keepsClient }) => keepsClient)).toEqual([expected]);
});

test('whether UDP keeps the client is not asked: it does', async () => {
  const given = { ...balancers(network), ...groups(1, { Protocol: 'UDP' }), ...targets(web), ...listeners };
  const { sendings } = await sendingsOf(given);
  expect(sendings).toMatchObject([{ keepsClient: true, protocols: ['udp'] }]);
});

test('an application load balancer does not keep the client, and a rule of any listener may send', async () => {
  const application = { LoadBalancerArn: `${ARN}loadbalancer/app/front/1`, Type: 'application' };
  const given = {
    ...balancers({ ...application, SecurityGroups: ['sg-1'] }),
    ...{ ...groups(1, { LoadBalancerArns: [application.LoadBalancerArn], Protocol: 'HTTP' }), ...targets(web) },
    ...listeners,
    DescribeSecurityGroupRules: () => ({
      SecurityGroupRules: [{ GroupId: 'sg-1', IsEgress: false, IpProtocol: '-1', CidrIpv4: '0.0.0.0/0' }],
    }),
  };
  const { read, sendings } = await sendingsOf(given, [front('app/front/1')]);
  expect(sendings).toMatchObject([
    {
      keepsClient: false,
      listeners: [
        { port: 443, isSure: true },
        { port: 80, isSure: false },
      ],
    },
  ]);
  expect(read).toMatchObject({ ok: true, value: [{ groupIds: ['sg-1'], rules: [{ GroupId: 'sg-1' }] }] });
});

test('targets of zones that are not in use are not sent to, and functions are called', async () => {
  const unused = { ...web, TargetHealth: { State: 'unused', Reason: 'Target.NotInUse' } };
  expect((await sendingsOf({ ...balancers(network), ...groups(1), ...targets(unused) })).sendings).toEqual([]);
  const { asked } = await sendingsOf({ ...balancers(network), ...groups(1, { TargetType: 'lambda' }) });
  expect(asked).not.toContain('DescribeTargetHealth');
});

test('a load balancer behind one is read as well', async () => {
  const inner = `${ARN}loadbalancer/app/inner/2`;
  const given: Answers = {
    ...balancers(network, { LoadBalancerArn: inner, Type: 'application', Scheme: 'internal' }),
    DescribeTargetGroups: () => ({
      TargetGroups: [
        { TargetGroupArn: 'outer', LoadBalancerArns: [network.LoadBalancerArn], Protocol: 'TCP', TargetType: 'alb' },
        { TargetGroupArn: 'inner', LoadBalancerArns: [inner], Protocol: 'HTTP', TargetType: 'instance' },
      ],
    }),
    DescribeTargetHealth: ({ TargetGroupArn }) => ({
      TargetHealthDescriptions: TargetGroupArn === 'outer' ? [{ Target: { Id: inner, Port: 443 } }] : [web],
    }),
    ...listeners,
  };
  const nodes = [front('net/front/1'), front('app/inner/2', { publicIpv4: [], privateIps: ['10.0.0.11'] })];
  const { sendings, asked } = await sendingsOf(given, nodes);
  expect(sendings.map(({ to, keepsClient }) => ({ to, keepsClient }))).toEqual([
    { to: { kind: 'load-balancer', name: 'app/inner/2' }, keepsClient: 'perhaps' },
    { to: { kind: 'instance', id: 'i-web' }, keepsClient: false },
  ]);
  expect(asked).not.toContain('ClassicDescribeLoadBalancers');
});

test('classic ones take one call, and one more for the rules of those that send there', async () => {
  const { read, asked } = await sendingsOf(
    {
      ClassicDescribeLoadBalancers: () => ({
        LoadBalancerDescriptions: [
          {
            ...{ LoadBalancerName: 'old', VPCId: 'vpc-1', Scheme: 'internet-facing', SecurityGroups: ['sg-1'] },
            Instances: [{ InstanceId: 'i-web' }, { InstanceId: 'i-other' }],
            ListenerDescriptions: [{ Listener: { Protocol: 'SSL', LoadBalancerPort: 443, InstancePort: 22 } }],
          },
          { LoadBalancerName: 'of-another-vpc', VPCId: 'vpc-2', Instances: [{ InstanceId: 'i-web' }] },
        ],
      }),
      DescribeSecurityGroupRules: () => ({ SecurityGroupRules: [] }),
    },
    [front('old')],
  );
  expect(asked).toEqual(['ClassicDescribeLoadBalancers', 'DescribeSecurityGroupRules']);
  expect(read).toMatchObject({
    ok: true,
    value: [{ name: 'old', sendings: [{ to: { id: 'i-web' }, port: 22, listeners: [{ port: 443 }] }] }],
  });
});

test.each<[string, Answers, RegExp]>([
  ['51 target groups', { ...balancers(network), ...groups(51) }, /they have more than 50 target groups/],
  [
    'load balancers that go on and on',
    { ...groups(0), DescribeLoadBalancers: () => ({ LoadBalancers: [network], NextMarker: 'more' }) },
    /there are more than 5 load balancers/,
  ],
])('%s are too many to say that none sends there', async (_, answers, expected) => {
  const { read, asked } = await sendingsOf(answers);
  expect(read).toMatchObject({ ok: false, error: { cause: expect.stringMatching(expected) as string } });
  expect(asked.length).toBeLessThan(7);
});
