import {
  AllocateAddressCommand,
  AssignIpv6AddressesCommand,
  AssociateAddressCommand,
  AssociateRouteTableCommand,
  AssociateSecurityGroupVpcCommand,
  AttachInternetGatewayCommand,
  CreateEgressOnlyInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNetworkAclEntryCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateVpcBlockPublicAccessExclusionCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DetachInternetGatewayCommand,
  ModifyVpcBlockPublicAccessOptionsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import type { Reachable } from '../../../src/core/context/context';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';

const place = { account: MEMBER, region: 'us-east-1' };

let portcullis: Deployed;
let ec2: EC2Client;
let vpcs = 20;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
  ec2 = portcullis.clients.ec2(place);
});
afterAll(() => portcullis.stop());

/** A VPC of its own, with an instance behind the open group. */
interface Net {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly group: Group;
  readonly interfaceId: string;
  readonly mainTable: string;
}

async function net(source: string = ANYWHERE): Promise<Net> {
  const vpcId = await portcullis.openVpc(place, `10.${String(++vpcs)}.0.0/16`);
  const ofVpc = { Filters: [{ Name: 'vpc-id', Values: [vpcId] }] };
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand(ofVpc));
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand(ofVpc));
  const group = await portcullis.openGroup(place, [tcp(22, 22, source)], vpcId);
  await portcullis.runInstance(group, 'web', true);
  const { NetworkInterfaces = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'group-id', Values: [group.id] }] }),
  );
  return {
    vpcId,
    subnetId: Subnets[0]?.SubnetId ?? '',
    group,
    interfaceId: NetworkInterfaces[0]?.NetworkInterfaceId ?? '',
    mainTable: RouteTables[0]?.RouteTableId ?? '',
  };
}

async function elasticIp(NetworkInterfaceId: string): Promise<void> {
  const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  await ec2.send(new AssociateAddressCommand({ AllocationId, NetworkInterfaceId }));
}

async function internetGateway(VpcId: string): Promise<string> {
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const InternetGatewayId = InternetGateway?.InternetGatewayId ?? '';
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  return InternetGatewayId;
}

/** An Elastic IP, and a route to an internet gateway in the main table. */
async function toTheInternet({ vpcId, interfaceId, mainTable }: Net): Promise<string> {
  await elasticIp(interfaceId);
  const GatewayId = await internetGateway(vpcId);
  await ec2.send(new CreateRouteCommand({ RouteTableId: mainTable, DestinationCidrBlock: ANYWHERE, GatewayId }));
  return GatewayId;
}

async function ipv6({ vpcId, interfaceId, mainTable }: Net, by: 'internet' | 'egress-only'): Promise<void> {
  await ec2.send(new AssignIpv6AddressesCommand({ NetworkInterfaceId: interfaceId, Ipv6Addresses: ['2600:1f18::7'] }));
  const { NetworkAcls = [] } = await ec2.send(
    new DescribeNetworkAclsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] }),
  );
  for (const Egress of [false, true]) {
    const NetworkAclId = NetworkAcls[0]?.NetworkAclId;
    await ec2.send(
      new CreateNetworkAclEntryCommand({
        ...{ NetworkAclId, RuleNumber: 101, Protocol: '-1', RuleAction: 'allow', Egress, Ipv6CidrBlock: '::/0' },
      }),
    );
  }
  const through =
    by === 'internet'
      ? { GatewayId: await internetGateway(vpcId) }
      : {
          EgressOnlyInternetGatewayId: (await ec2.send(new CreateEgressOnlyInternetGatewayCommand({ VpcId: vpcId })))
            .EgressOnlyInternetGateway?.EgressOnlyInternetGatewayId,
        };
  await ec2.send(new CreateRouteCommand({ RouteTableId: mainTable, DestinationIpv6CidrBlock: '::/0', ...through }));
}

const loadBalancer = async ({ subnetId }: Net, isPublic: boolean): Promise<void> => {
  const { NetworkInterface } = await ec2.send(
    new CreateNetworkInterfaceCommand({ SubnetId: subnetId, Description: 'ELB app/front/50dc6c495c0c9188' }),
  );
  if (isPublic) await elasticIp(NetworkInterface?.NetworkInterfaceId ?? '');
};

const block = (InternetGatewayBlockMode: 'block-ingress' | 'off') =>
  ec2.send(new ModifyVpcBlockPublicAccessOptionsCommand({ InternetGatewayBlockMode }));

const cases: readonly {
  readonly where: string;
  readonly source?: string;
  readonly make: (made: Net) => Promise<unknown>;
  readonly answer: Reachable['answer'] | 'unknown';
  readonly because: RegExp;
}[] = [
  {
    where: 'an Elastic IP with a route to an internet gateway',
    make: toTheInternet,
    answer: 'yes',
    because: /eni-\w+ \(52\.0\./,
  },
  {
    where: 'an Elastic IP without a route',
    make: ({ interfaceId }) => elasticIp(interfaceId),
    answer: 'no',
    because: /no route to an internet gateway/,
  },
  {
    where: 'a route whose gateway was detached, a black hole',
    make: async (made) => {
      const InternetGatewayId = await toTheInternet(made);
      await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId: made.vpcId }));
    },
    answer: 'no',
    because: /no route to an internet gateway/,
  },
  {
    where: 'a table of its own without a gateway, though the main one has one',
    make: async (made) => {
      await toTheInternet(made);
      const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: made.vpcId }));
      await ec2.send(
        new AssociateRouteTableCommand({ RouteTableId: RouteTable?.RouteTableId, SubnetId: made.subnetId }),
      );
    },
    answer: 'no',
    because: /no route to an internet gateway/,
  },
  {
    where: 'an IPv6 address with a route to an internet gateway',
    source: '::/0',
    make: (made) => ipv6(made, 'internet'),
    answer: 'yes',
    because: /2600:1f18::7/,
  },
  {
    where: 'an IPv6 address behind an egress-only gateway',
    source: '::/0',
    make: (made) => ipv6(made, 'egress-only'),
    answer: 'no',
    because: /no route to an internet gateway/,
  },
  {
    where: 'a private address behind a load balancer that faces the internet',
    make: (made) => loadBalancer(made, true),
    answer: 'unknown',
    because: /^ELB app\/front\/\w+ in the same VPC may send it traffic of the internet$/,
  },
  {
    where: 'a private address behind an internal load balancer',
    make: (made) => loadBalancer(made, false),
    answer: 'no',
    because: /has no public address/,
  },
  {
    where: 'an interface in another VPC that the group is associated with',
    make: async ({ group }) => {
      const other = await net();
      await toTheInternet(other);
      await ec2.send(new AssociateSecurityGroupVpcCommand({ GroupId: group.id, VpcId: other.vpcId }));
      const { NetworkInterface } = await ec2.send(
        new CreateNetworkInterfaceCommand({ SubnetId: other.subnetId, Groups: [group.id] }),
      );
      await elasticIp(NetworkInterface?.NetworkInterfaceId ?? '');
    },
    answer: 'yes',
    because: /eni-\w+ \(52\.0\./,
  },
  {
    where: 'an interface in another VPC whose table has no gateway, though the own one has',
    make: async (made) => {
      const other = await net();
      await ec2.send(new AssociateSecurityGroupVpcCommand({ GroupId: made.group.id, VpcId: other.vpcId }));
      const { NetworkInterface } = await ec2.send(
        new CreateNetworkInterfaceCommand({ SubnetId: other.subnetId, Groups: [made.group.id] }),
      );
      await elasticIp(NetworkInterface?.NetworkInterfaceId ?? '');
      const GatewayId = await internetGateway(made.vpcId);
      await ec2.send(
        new CreateRouteCommand({ RouteTableId: made.mainTable, DestinationCidrBlock: ANYWHERE, GatewayId }),
      );
    },
    answer: 'no',
    because: /no public address|no route to an internet gateway/,
  },
];

async function reachabilityOf(group: Group) {
  const controlId = (await portcullis.ingressOf(group)).some(({ CidrIpv6 }) => CidrIpv6 !== undefined)
    ? 'EC2.54'
    : 'EC2.53';
  const id = await portcullis.importFinding(group, controlId);
  await portcullis.press(id);
  await portcullis.settle();
  const { reachable } = (await portcullis.recordsOn(group.id))[0]?.context ?? {};
  return reachable?.known === true
    ? { answer: reachable.value.answer, why: reachable.evidence.join('; ') }
    : { answer: 'unknown', why: reachable?.reason ?? 'nobody looked' };
}

test.each(cases)('the internet reaches $where: $answer', async ({ make, source, answer, because }) => {
  const made = await net(source);
  await make(made);
  expect(await reachabilityOf(made.group)).toEqual({ answer, why: expect.stringMatching(because) as string });
});

test.each([
  ['the whole VPC, both ways', (made: Net) => ({ VpcId: made.vpcId }), 'allow-bidirectional', 'yes'],
  ['the subnet, both ways', (made: Net) => ({ SubnetId: made.subnetId }), 'allow-bidirectional', 'yes'],
  ['the VPC, outwards alone', (made: Net) => ({ VpcId: made.vpcId }), 'allow-egress', 'no'],
  ['nothing', undefined, undefined, 'no'],
] as const)('VPC Block Public Access that excludes %s', async (_, resource, mode, answer) => {
  const made = await net();
  await toTheInternet(made);
  await block('block-ingress');
  if (resource !== undefined) {
    await ec2.send(
      new CreateVpcBlockPublicAccessExclusionCommand({
        ...resource(made),
        InternetGatewayExclusionMode: mode,
      }),
    );
  }
  expect((await reachabilityOf(made.group)).answer).toBe(answer);
  await block('off');
});
