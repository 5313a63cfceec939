import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateSubnetCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateLoadBalancerCommand as CreateClassicCommand,
  RegisterInstancesWithLoadBalancerCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ModifyTargetGroupAttributesCommand,
  RegisterTargetsCommand,
  type CreateLoadBalancerCommandInput,
  type CreateTargetGroupCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { join } from 'node:path';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';

const place = { account: MEMBER, region: 'eu-central-1' };

let portcullis: Deployed;
let vpcs = 20;
beforeAll(async () => {
  const configurationFile = join(__dirname, 'when-not-reachable.yaml');
  portcullis = await deploy({ clockMode: 'skipping', configurationFile });
});
afterAll(() => portcullis.stop());

/** A private instance behind the open group, in a VPC with two subnets and an internet gateway. */
interface Net {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly group: Group;
  readonly instanceId: string;
}

async function net(): Promise<Net> {
  const ec2 = portcullis.clients.ec2(place);
  const block = ++vpcs;
  const vpcId = await portcullis.openVpc(place, `10.${String(block)}.0.0/16`);
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({ VpcId: vpcId, CidrBlock: `10.${String(block)}.128.0/24` }),
  );
  const ofVpc = { Filters: [{ Name: 'vpc-id', Values: [vpcId] }] };
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand(ofVpc));
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand(ofVpc));
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const GatewayId = InternetGateway?.InternetGatewayId;
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: GatewayId, VpcId: vpcId }));
  const RouteTableId = RouteTables[0]?.RouteTableId;
  await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: ANYWHERE, GatewayId }));
  const group = await portcullis.openGroup(place, [tcp(22, 22, ANYWHERE)], vpcId);
  const instanceId = await portcullis.runInstance(group, 'web', true);
  const subnetIds = Subnets.flatMap(({ SubnetId }) => SubnetId ?? []);
  expect(subnetIds).toContain(Subnet?.SubnetId);
  return { vpcId, subnetIds, group, instanceId };
}

interface Asked {
  readonly balancer: Partial<CreateLoadBalancerCommandInput>;
  readonly targets?: Partial<CreateTargetGroupCommandInput>;
  readonly register?: (made: Net) => readonly { readonly Id: string; readonly Port?: number }[];
  readonly keepsClient?: boolean;
}

async function balance(made: Net, { balancer, targets, register, keepsClient }: Asked): Promise<string> {
  const elb = portcullis.clients.elb(place);
  const Name = `front-${made.vpcId.slice(-8)}-${balancer.Scheme === 'internal' ? 'in' : 'out'}`;
  const { LoadBalancers = [] } = await elb.send(
    new CreateLoadBalancerCommand({ Name, Subnets: [...made.subnetIds], ...balancer }),
  );
  const LoadBalancerArn = LoadBalancers[0]?.LoadBalancerArn ?? '';
  const { TargetGroups = [] } = await elb.send(
    new CreateTargetGroupCommand({ Name, Protocol: 'TCP', Port: 22, VpcId: made.vpcId, ...targets }),
  );
  const TargetGroupArn = TargetGroups[0]?.TargetGroupArn;
  if (keepsClient !== undefined) {
    const Attributes = [{ Key: 'preserve_client_ip.enabled', Value: String(keepsClient) }];
    await elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes }));
  }
  const Targets = [...(register?.(made) ?? [{ Id: made.instanceId }])];
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
  const Protocol = balancer.Type === 'network' ? ('TCP' as const) : ('HTTP' as const);
  await elb.send(
    new CreateListenerCommand({
      ...{ LoadBalancerArn, Protocol, Port: 443 },
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }),
  );
  return LoadBalancerArn;
}

const network: Asked = { balancer: { Type: 'network' } };

async function classic({ subnetIds, instanceId, vpcId }: Net, Scheme?: string): Promise<void> {
  const elb = portcullis.clients.classicElb(place);
  const LoadBalancerName = `old-${vpcId.slice(-8)}`;
  const web = await portcullis.openGroup(place, [tcp(443, 443, ANYWHERE)], vpcId);
  const Listeners = [{ Protocol: 'TCP', LoadBalancerPort: 443, InstancePort: 22 }];
  await elb.send(
    new CreateClassicCommand({
      ...{ LoadBalancerName, Subnets: [...subnetIds], Listeners, SecurityGroups: [web.id] },
      ...(Scheme === undefined ? {} : { Scheme }),
    }),
  );
  await elb.send(
    new RegisterInstancesWithLoadBalancerCommand({ LoadBalancerName, Instances: [{ InstanceId: instanceId }] }),
  );
}

async function withGroup(made: Net, source: string, asked: Asked) {
  const group = await portcullis.openGroup(place, [tcp(443, 443, source)], made.vpcId);
  return balance(made, { ...asked, balancer: { ...asked.balancer, SecurityGroups: [group.id] } });
}

async function decidedOn(group: Group) {
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  const { outcome, context } = await portcullis.recordOf(id);
  const { reachable } = context ?? {};
  const why = reachable?.known === true ? reachable.evidence.join('; ') : (reachable?.reason ?? 'nobody looked');
  const note = (await portcullis.findingOf(id)).Note?.Text ?? '';
  return { outcome, answer: reachable?.known === true ? reachable.value.answer : 'unknown', why, note };
}

const http: Partial<CreateTargetGroupCommandInput> = { Protocol: 'HTTP' };
const cases: readonly {
  readonly behind: string;
  readonly make: (made: Net) => Promise<unknown>;
  readonly answer: string;
  readonly because: RegExp;
}[] = [
  {
    behind: 'a network load balancer that keeps the client’s address',
    make: (made) => balance(made, network),
    answer: 'yes',
    because: /^net\/front-\w+-out \(tcp 443 → 22\) to i-\w+$/,
  },
  {
    behind: 'one that does not keep it',
    make: (made) => balance(made, { ...network, keepsClient: false }),
    answer: 'yes',
    because:
      /^net\/front-\w+-out \(tcp 443 → 22\) to i-\w+; the target sees net\/front-\w+-out itself, which closing keeps/,
  },
  {
    behind: 'an application load balancer that everybody may ask',
    make: (made) => withGroup(made, ANYWHERE, { balancer: {}, targets: http }),
    answer: 'yes',
    because: /^app\/front-\w+-out \(tcp 443 → 22\) to i-\w+; the target sees /,
  },
  {
    behind: 'an application load balancer that only the VPC may ask',
    make: (made) => withGroup(made, '10.0.0.0/8', { balancer: {}, targets: http }),
    answer: 'no',
    because: /has no public address; app\/front-\w+-out: /,
  },
  {
    behind: 'a classic load balancer',
    make: classic,
    answer: 'yes',
    because: /^old-\w+ \(tcp 443 → 22\) to i-\w+; the target sees /,
  },
  {
    behind: 'a load balancer of its VPC that sends to somebody else',
    make: (made) => balance(made, { ...network, register: () => [{ Id: 'i-0123456789abcdef0' }] }),
    answer: 'no',
    because: /has no public address; net\/front-\w+-out does not send to it$/,
  },
  {
    behind: 'one that sends to another port of it',
    make: (made) => balance(made, { ...network, register: ({ instanceId }) => [{ Id: instanceId, Port: 8080 }] }),
    answer: 'no',
    because: /sends to it on 8080, which stays as it is/,
  },
  {
    behind: 'an internal one behind one that faces the internet',
    make: async (made) => {
      const inner = await withGroup(made, '10.0.0.0/8', { balancer: { Scheme: 'internal' }, targets: http });
      const targets = { TargetType: 'alb', Port: 443 } as const;
      await balance(made, { ...network, targets, register: () => [{ Id: inner }] });
    },
    answer: 'yes',
    because:
      /^net\/front-\w+-out \(tcp 443 → 443\), then app\/front-\w+-in \(tcp 443 → 22\) to i-\w+; the target sees /,
  },
];

test.each(cases)('an instance behind $behind: $answer, and closed alone where it is "no"', async (each) => {
  const made = await net();
  await each.make(made);
  const { outcome, answer, why, note } = await decidedOn(made.group);
  expect({ answer, why, outcome }).toEqual({
    answer: each.answer,
    why: expect.stringMatching(each.because) as string,
    outcome: each.answer === 'no' ? 'closed' : 'asked',
  });
  if (answer === 'yes') expect(note).toContain(`The internet reaches it through ${why.split('; ')[0] ?? ''}.`);
});

test.each([
  ['elasticloadbalancing', 'DescribeLoadBalancers'],
  ['elasticloadbalancing', 'DescribeTargetGroups'],
  ['elasticloadbalancing', 'DescribeTargetHealth'],
  ['elasticloadbalancing-classic', 'DescribeLoadBalancers'],
])('without %s:%s it is asked about, and the missing permission is named', async (service, operation) => {
  const made = await net();
  if (service === 'elasticloadbalancing')
    await balance(made, { ...network, register: () => [{ Id: 'i-0123456789abcdef0' }] });
  else await classic({ ...made, instanceId: 'i-0123456789abcdef0' });
  await portcullis.misbehave({ kind: 'deny', service, operation });
  const { outcome, answer, why } = await decidedOn(made.group);
  await portcullis.behave();
  expect({ outcome, answer }).toEqual({ outcome: 'asked', answer: 'unknown' });
  expect(why).toContain(
    `What its load balancers send could not be read: elasticloadbalancing:${operation}: AccessDenied`,
  );
});

test('where load balancers are throttled it is asked about', async () => {
  const made = await net();
  await balance(made, { ...network, register: () => [{ Id: 'i-0123456789abcdef0' }] });
  await portcullis.misbehave({ kind: 'throttle', service: 'elasticloadbalancing', operation: 'DescribeTargetGroups' });
  const { outcome, why } = await decidedOn(made.group);
  await portcullis.behave();
  expect({ outcome, why }).toEqual({ outcome: 'asked', why: expect.stringContaining('Throttling') as string });
});
