import {
  CreateSubnetCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import * as classic from '@aws-sdk/client-elastic-load-balancing';
import * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { createEc2 } from '../../../sandbox/ec2/ec2-service';
import { createElb } from '../../../sandbox/elb/elb-services';
import type { Sandbox } from '../../../sandbox/sandbox';
import { asAdministrator, member, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
let ec2: EC2Client;
let newer: elb.ElasticLoadBalancingV2Client;
let older: classic.ElasticLoadBalancingClient;
let VpcId = '';
let Subnets: string[] = [];
beforeAll(async () => {
  sandbox = await startSmallSandbox(createEc2(), ...createElb());
  ec2 = new EC2Client(asAdministrator(sandbox, member));
  newer = new elb.ElasticLoadBalancingV2Client(asAdministrator(sandbox, member));
  older = new classic.ElasticLoadBalancingClient(asAdministrator(sandbox, member));
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  VpcId = Vpcs[0]?.VpcId ?? '';
  const made = await Promise.all(
    ['172.31.200.0/24', '172.31.201.0/24'].map((CidrBlock) => ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock }))),
  );
  Subnets = made.flatMap(({ Subnet }) => Subnet?.SubnetId ?? []);
});
afterAll(async () => {
  for (const client of [ec2, newer, older]) client.destroy();
  await sandbox.stop();
});

const interfacesOf = async (description: string) =>
  (await ec2.send(new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'description', Values: [description] }] })))
    .NetworkInterfaces ?? [];

test.each([
  ['application', 'app', 'interface', 1, true],
  ['network', 'net', 'network_load_balancer', 0, true],
  ['gateway', 'gwy', 'gateway_load_balancer', 0, false],
] as const)('an %s load balancer has an interface in every subnet, as AWS describes it', async (...given) => {
  const [Type, short, interfaceType, groups, isPublic] = given;
  const made = await newer.send(new elb.CreateLoadBalancerCommand({ Name: `a-${short}`, Type, Subnets }));
  const [{ LoadBalancerArn = '', VpcId: vpcId } = {}] = made.LoadBalancers ?? [];
  expect(LoadBalancerArn).toMatch(
    new RegExp(`^arn:aws:elasticloadbalancing:.*:loadbalancer/${short}/a-${short}/\\w{16}$`),
  );
  expect(vpcId).toBe(VpcId);
  const interfaces = await interfacesOf(`ELB ${LoadBalancerArn.slice(LoadBalancerArn.indexOf('/') + 1)}`);
  expect(interfaces.map(({ SubnetId }) => SubnetId)).toEqual(Subnets);
  for (const each of interfaces) {
    expect(each).toMatchObject({ InterfaceType: interfaceType, RequesterManaged: true, RequesterId: 'amazon-elb' });
    expect(each.Groups).toHaveLength(groups);
    expect(each.Association !== undefined).toBe(isPublic);
  }
});

test('a target group is in use by what sends to it: a listener or a rule of one', async () => {
  const made = await newer.send(new elb.CreateLoadBalancerCommand({ Name: 'front', Subnets, Scheme: 'internal' }));
  const LoadBalancerArn = made.LoadBalancers?.[0]?.LoadBalancerArn;
  const group = async (Name: string) =>
    (await newer.send(new elb.CreateTargetGroupCommand({ Name, Protocol: 'HTTP', Port: 80, VpcId }))).TargetGroups?.[0]
      ?.TargetGroupArn;
  const [byDefault, byRule, byNobody] = [await group('default'), await group('rule'), await group('nobody')];
  const { Listeners } = await newer.send(
    new elb.CreateListenerCommand({
      ...{ LoadBalancerArn, Protocol: 'HTTP', Port: 80 },
      DefaultActions: [{ Type: 'forward', TargetGroupArn: byDefault }],
    }),
  );
  await newer.send(
    new elb.CreateRuleCommand({
      ...{ ListenerArn: Listeners?.[0]?.ListenerArn, Priority: 1, Conditions: [] },
      Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: byRule }] } }],
    }),
  );
  for (const TargetGroupArn of [byDefault, byRule, byNobody]) {
    await newer.send(
      new elb.RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: 'i-1' }, { Id: 'i-2', Port: 81 }] }),
    );
  }
  const { TargetGroups = [] } = await newer.send(new elb.DescribeTargetGroupsCommand({ LoadBalancerArn }));
  expect(TargetGroups.map(({ TargetGroupName }) => TargetGroupName)).toEqual(['default', 'rule']);
  const healthOf = async (TargetGroupArn: string | undefined) =>
    (await newer.send(new elb.DescribeTargetHealthCommand({ TargetGroupArn }))).TargetHealthDescriptions?.map(
      ({ Target, TargetHealth }) => [Target?.Port, TargetHealth?.State, TargetHealth?.Reason],
    );
  expect(await healthOf(byRule)).toEqual([
    [80, 'healthy', undefined],
    [81, 'healthy', undefined],
  ]);
  await newer.send(new elb.DeregisterTargetsCommand({ TargetGroupArn: byNobody, Targets: [{ Id: 'i-2' }] }));
  expect(await healthOf(byNobody)).toEqual([[80, 'unused', 'Target.NotInUse']]);
});

test.each([
  ['instance', 'TCP', 'true'],
  ['ip', 'TCP', 'false'],
  ['ip', 'UDP', 'true'],
] as const)('targets by %s over %s see the client: %s, and only TCP can be told otherwise', async (...given) => {
  const [TargetType, Protocol, expected] = given;
  const Name = `${TargetType}-${Protocol}`;
  const made = await newer.send(new elb.CreateTargetGroupCommand({ Name, TargetType, Protocol, Port: 1, VpcId }));
  const TargetGroupArn = made.TargetGroups?.[0]?.TargetGroupArn;
  const attributes = async () =>
    (await newer.send(new elb.DescribeTargetGroupAttributesCommand({ TargetGroupArn }))).Attributes;
  const Key = 'preserve_client_ip.enabled';
  expect(await attributes()).toContainEqual({ Key, Value: expected });
  const Value = expected === 'true' ? 'false' : 'true';
  const changed = newer.send(
    new elb.ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes: [{ Key, Value }] }),
  );
  if (Protocol === 'UDP') await expect(changed).rejects.toThrow(elb.InvalidConfigurationRequestException);
  else await changed;
  expect(await attributes()).toContainEqual({ Key, Value: Protocol === 'UDP' ? expected : Value });
});

test('classic load balancers are another API by the same name', async () => {
  const Listeners = [{ Protocol: 'TCP', LoadBalancerPort: 443, InstancePort: 22 }];
  await older.send(new classic.CreateLoadBalancerCommand({ LoadBalancerName: 'old', Listeners, Subnets }));
  const Instances = [{ InstanceId: 'i-1' }];
  await older.send(new classic.RegisterInstancesWithLoadBalancerCommand({ LoadBalancerName: 'old', Instances }));
  const { LoadBalancerDescriptions } = await older.send(new classic.DescribeLoadBalancersCommand({}));
  expect(LoadBalancerDescriptions).toMatchObject([
    {
      ...{ LoadBalancerName: 'old', VPCId: VpcId, Scheme: 'internet-facing', Instances },
      ListenerDescriptions: [{ Listener: { LoadBalancerPort: 443, InstancePort: 22 } }],
    },
  ]);
  expect(await interfacesOf('ELB old')).toHaveLength(2);
  await expect(older.send(new classic.DescribeLoadBalancersCommand({ LoadBalancerNames: ['none'] }))).rejects.toThrow(
    classic.AccessPointNotFoundException,
  );
});

test.each([
  [
    'the name of another one',
    () => new elb.CreateLoadBalancerCommand({ Name: 'a-net', Type: 'application', Subnets }),
    'DuplicateLoadBalancerNameException',
  ],
  [
    'an application one in one subnet',
    () => new elb.CreateLoadBalancerCommand({ Name: 'one', Subnets: Subnets.slice(1) }),
    'ValidationError',
  ],
  ['a name with a dot', () => new elb.CreateLoadBalancerCommand({ Name: 'a.b', Subnets }), 'ValidationError'],
  [
    'a target group that is not there',
    () => new elb.DescribeTargetHealthCommand({ TargetGroupArn: 'none' }),
    'TargetGroupNotFoundException',
  ],
  [
    'a load balancer that is not there',
    () => new elb.DescribeListenersCommand({ LoadBalancerArn: 'none' }),
    'LoadBalancerNotFoundException',
  ],
  ['a page of 401', () => new elb.DescribeLoadBalancersCommand({ PageSize: 401 }), 'ValidationError'],
] as const)('%s is refused', async (_, command, name) => {
  await expect(newer.send(command() as never)).rejects.toMatchObject({ name });
});

test('lists go on where a page ends', async () => {
  const first = await newer.send(new elb.DescribeLoadBalancersCommand({ PageSize: 2 }));
  expect(first.LoadBalancers).toHaveLength(2);
  const next = await newer.send(new elb.DescribeLoadBalancersCommand({ Marker: first.NextMarker }));
  expect(next.LoadBalancers?.length).toBeGreaterThan(0);
  expect(next.NextMarker).toBeUndefined();
});
