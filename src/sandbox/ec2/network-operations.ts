import type {
  CreateNetworkInterfaceCommandInput,
  CreateNetworkInterfaceCommandOutput,
  CreateVpcCommandInput,
  CreateVpcCommandOutput,
  DescribeNetworkInterfacesCommandInput,
  DescribeNetworkInterfacesCommandOutput,
  DescribeRegionsCommandInput,
  DescribeRegionsCommandOutput,
  DescribeSubnetsCommandInput,
  DescribeSubnetsCommandOutput,
  DescribeVpcsCommandInput,
  DescribeVpcsCommandOutput,
  NetworkInterface as NetworkInterfaceView,
  Subnet as SubnetView,
  Vpc as VpcView,
} from '@aws-sdk/client-ec2';
import { toCanonicalCidr } from './cidr';
import { missingParameter } from './ec2-errors';
import { findById, idKinds } from './ec2-ids';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import { addSubnet, addVpc, type NetworkInterface, type Subnet, type Vpc } from './ec2-state';
import { matchesFilters } from './filters';
import { toPage } from './paging';
import { onEverything, onResource, onTagging } from './permissions';
import { readTagSpecifications, toTagList } from './tags';

const describeBounds = { least: 5, most: 1000 };

/** The new VPC gets one subnet of its whole range, so that interfaces can be made in it. */
export const createVpc: Ec2Operation<CreateVpcCommandInput, Answer<CreateVpcCommandOutput>> = {
  permissions: (input, context) => [
    onResource('CreateVpc', 'vpc', '*', context),
    ...onTagging('CreateVpc', 'vpc', input.TagSpecifications, context),
  ],
  handle: ({ CidrBlock, TagSpecifications }, context) => {
    if (CidrBlock === undefined) throw missingParameter('Either CidrBlock or Ipv4IpamPoolId must be provided.');
    const newId = (prefix: string): string => context.world.id(prefix, 17);
    const cidrBlock = toCanonicalCidr(CidrBlock, 'ipv4');
    const tags = readTagSpecifications(TagSpecifications, 'vpc');
    const vpc = addVpc(context.state, { cidrBlock, isDefault: false, tags }, newId);
    addSubnet(context.state, { vpcId: vpc.vpcId, cidrBlock, tags: new Map() }, newId);
    return { Vpc: toVpcView(vpc, context) };
  },
};

export const describeVpcs: Ec2Operation<DescribeVpcsCommandInput, Answer<DescribeVpcsCommandOutput>> = {
  permissions: onEverything('DescribeVpcs'),
  handle: (input, context) => {
    const all = choose(input.VpcIds, context.state.vpcs, (id) => findById(idKinds.vpc, context.state.vpcs, id));
    const found = all.filter((vpc) =>
      matchesFilters(
        input.Filters,
        { 'vpc-id': [vpc.vpcId], 'is-default': [String(vpc.isDefault)], cidr: [vpc.cidrBlock], state: ['available'] },
        vpc.tags,
      ),
    );
    const { items, nextToken } = toPage(found, input, describeBounds);
    return { Vpcs: items.map((vpc) => toVpcView(vpc, context)), ...nextToken };
  },
};

export const describeSubnets: Ec2Operation<DescribeSubnetsCommandInput, Answer<DescribeSubnetsCommandOutput>> = {
  permissions: onEverything('DescribeSubnets'),
  handle: (input, context) => {
    const { subnets } = context.state;
    const all = choose(input.SubnetIds, subnets, (id) => findById(idKinds.subnet, subnets, id));
    const found = all.filter(({ subnetId, vpcId, tags }) =>
      matchesFilters(input.Filters, { 'subnet-id': [subnetId], 'vpc-id': [vpcId], state: ['available'] }, tags),
    );
    const { items, nextToken } = toPage(found, input, describeBounds);
    return { Subnets: items.map((subnet) => toSubnetView(subnet, context)), ...nextToken };
  },
};

export const createNetworkInterface: Ec2Operation<
  CreateNetworkInterfaceCommandInput,
  Answer<CreateNetworkInterfaceCommandOutput>
> = {
  permissions: (input, context) => [
    onResource('CreateNetworkInterface', 'network-interface', '*', context),
    onResource('CreateNetworkInterface', 'subnet', input.SubnetId ?? '', context),
    ...(input.Groups ?? []).map((id) => onResource('CreateNetworkInterface', 'security-group', id, context)),
    ...onTagging('CreateNetworkInterface', 'network-interface', input.TagSpecifications, context),
  ],
  handle: (input, context) => {
    const { state } = context;
    const subnet = findById(idKinds.subnet, state.subnets, input.SubnetId ?? '');
    const groups = (input.Groups ?? []).map((id) => findById(idKinds.group, state.groups, id));
    const byDefault = [...state.groups.values()].filter(
      ({ vpcId, groupName }) => vpcId === subnet.vpcId && groupName === 'default',
    );
    const networkInterface: NetworkInterface = {
      networkInterfaceId: context.world.id('eni-', 17),
      subnetId: subnet.subnetId,
      vpcId: subnet.vpcId,
      privateIpAddress: input.PrivateIpAddress ?? nextAddress(subnet, state.networkInterfaces.size),
      description: input.Description ?? '',
      groupIds: (groups.length > 0 ? groups : byDefault).map(({ groupId }) => groupId),
      tags: readTagSpecifications(input.TagSpecifications, 'network-interface'),
    };
    state.networkInterfaces.set(networkInterface.networkInterfaceId, networkInterface);
    return { NetworkInterface: toInterfaceView(networkInterface, context) };
  },
};

export const describeNetworkInterfaces: Ec2Operation<
  DescribeNetworkInterfacesCommandInput,
  Answer<DescribeNetworkInterfacesCommandOutput>
> = {
  permissions: onEverything('DescribeNetworkInterfaces'),
  handle: (input, context) => {
    const { networkInterfaces } = context.state;
    const all = choose(input.NetworkInterfaceIds, networkInterfaces, (id) =>
      findById(idKinds.networkInterface, networkInterfaces, id),
    );
    const found = all.filter((networkInterface) =>
      matchesFilters(
        input.Filters,
        {
          'group-id': networkInterface.groupIds,
          'network-interface-id': [networkInterface.networkInterfaceId],
          'subnet-id': [networkInterface.subnetId],
          'vpc-id': [networkInterface.vpcId],
          'private-ip-address': [networkInterface.privateIpAddress],
          status: ['available'],
        },
        networkInterface.tags,
      ),
    );
    const { items, nextToken } = toPage(found, input, describeBounds);
    return { NetworkInterfaces: items.map((one) => toInterfaceView(one, context)), ...nextToken };
  },
};

export const describeRegions: Ec2Operation<DescribeRegionsCommandInput, Answer<DescribeRegionsCommandOutput>> = {
  permissions: onEverything('DescribeRegions'),
  handle: ({ RegionNames, Filters }, { world }) => ({
    Regions: world.regions
      .filter((region) => RegionNames === undefined || RegionNames.includes(region))
      .filter((region) =>
        matchesFilters(Filters, { 'region-name': [region], 'opt-in-status': ['opt-in-not-required'] }, new Map()),
      )
      .map((region) => ({
        RegionName: region,
        Endpoint: `ec2.${region}.amazonaws.com`,
        OptInStatus: 'opt-in-not-required',
      })),
  }),
};

function choose<Resource>(
  ids: readonly string[] | undefined,
  resources: ReadonlyMap<string, Resource>,
  find: (id: string) => Resource,
): readonly Resource[] {
  return ids === undefined || ids.length === 0 ? [...resources.values()] : ids.map(find);
}

/** The first four addresses of a subnet are AWS's own. */
function nextAddress({ cidrBlock }: Subnet, taken: number): string {
  const [first = '', second = ''] = cidrBlock.split('.');
  const host = taken + 4;
  return `${first}.${second}.${Math.floor(host / 256)}.${host % 256}`;
}

function toVpcView({ vpcId, cidrBlock, isDefault, tags }: Vpc, { account }: Ec2Context): VpcView {
  return {
    VpcId: vpcId,
    CidrBlock: cidrBlock,
    IsDefault: isDefault,
    State: 'available',
    OwnerId: account,
    InstanceTenancy: 'default',
    Tags: toTagList(tags),
  };
}

function toSubnetView({ subnetId, vpcId, cidrBlock, tags }: Subnet, { account, region }: Ec2Context): SubnetView {
  return {
    SubnetId: subnetId,
    VpcId: vpcId,
    CidrBlock: cidrBlock,
    AvailabilityZone: `${region}a`,
    State: 'available',
    OwnerId: account,
    Tags: toTagList(tags),
  };
}

function toInterfaceView(one: NetworkInterface, { state, account, region }: Ec2Context): NetworkInterfaceView {
  return {
    NetworkInterfaceId: one.networkInterfaceId,
    SubnetId: one.subnetId,
    VpcId: one.vpcId,
    AvailabilityZone: `${region}a`,
    OwnerId: account,
    Description: one.description,
    InterfaceType: 'interface',
    PrivateIpAddress: one.privateIpAddress,
    PrivateIpAddresses: [{ PrivateIpAddress: one.privateIpAddress, Primary: true }],
    Groups: one.groupIds.map((id) => ({ GroupId: id, GroupName: state.groups.get(id)?.groupName })),
    RequesterManaged: false,
    SourceDestCheck: true,
    Status: 'available',
    TagSet: toTagList(one.tags),
  };
}
