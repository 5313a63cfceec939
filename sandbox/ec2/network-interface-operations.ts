import type {
  CreateNetworkInterfaceCommandInput,
  CreateNetworkInterfaceCommandOutput,
  DescribeNetworkInterfacesCommandInput,
  DescribeNetworkInterfacesCommandOutput,
  NetworkInterface as NetworkInterfaceView,
} from '@aws-sdk/client-ec2';
import { chooseByIds } from './choose-by-ids';
import { findById, ID_KINDS } from './ec2-ids';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import type { NetworkInterface, Subnet } from './ec2-state';
import { matchesFilters } from './filters';
import { toPage } from './paging';
import { onEverything, onResource, onTagging } from './permissions';
import { readTagSpecifications, toTagList } from './tags';
import { checkGroupsOfSubnet } from './vpc-association-operations';

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
    const subnet = findById(ID_KINDS.subnet, state.subnets, input.SubnetId ?? '');
    const groups = (input.Groups ?? []).map((id) => findById(ID_KINDS.group, state.groups, id));
    checkGroupsOfSubnet(input.Groups ?? [], subnet, context);
    const networkInterface = addNetworkInterface(subnet, context, {
      groupIds: groups.map(({ groupId }) => groupId),
      description: input.Description ?? '',
      tags: readTagSpecifications(input.TagSpecifications, 'network-interface'),
      ...(input.PrivateIpAddress === undefined ? {} : { privateIpAddress: input.PrivateIpAddress }),
    });
    return { NetworkInterface: toInterfaceView(networkInterface, context) };
  },
};

/** Without groups it gets the default one of its VPC. */
export function addNetworkInterface(
  subnet: Subnet,
  { state, world }: Ec2Context,
  asked: Pick<NetworkInterface, 'groupIds' | 'description' | 'tags' | 'publicIp' | 'instanceId'> & {
    readonly privateIpAddress?: string;
  },
): NetworkInterface {
  const byDefault = [...state.groups.values()].filter(
    ({ vpcId, groupName }) => vpcId === subnet.vpcId && groupName === 'default',
  );
  const added: NetworkInterface = {
    privateIpAddress: nextAddress(subnet, state.networkInterfaces.size),
    ...asked,
    networkInterfaceId: world.id('eni-', 17),
    subnetId: subnet.subnetId,
    vpcId: subnet.vpcId,
    groupIds: asked.groupIds.length > 0 ? asked.groupIds : byDefault.map(({ groupId }) => groupId),
  };
  state.networkInterfaces.set(added.networkInterfaceId, added);
  return added;
}

export const describeNetworkInterfaces: Ec2Operation<
  DescribeNetworkInterfacesCommandInput,
  Answer<DescribeNetworkInterfacesCommandOutput>
> = {
  permissions: onEverything('DescribeNetworkInterfaces'),
  handle: (input, context) => {
    const { networkInterfaces } = context.state;
    const all = chooseByIds(ID_KINDS.networkInterface, networkInterfaces, input.NetworkInterfaceIds);
    const found = all.filter((networkInterface) =>
      matchesFilters(
        input.Filters,
        {
          'group-id': networkInterface.groupIds,
          'network-interface-id': [networkInterface.networkInterfaceId],
          'subnet-id': [networkInterface.subnetId],
          'vpc-id': [networkInterface.vpcId],
          'private-ip-address': [networkInterface.privateIpAddress],
          description: [networkInterface.description],
          status: [statusOf(networkInterface)],
        },
        networkInterface.tags,
      ),
    );
    const { items, nextToken } = toPage(found, input, { least: 5, most: 1000 });
    return { NetworkInterfaces: items.map((one) => toInterfaceView(one, context)), ...nextToken };
  },
};

/** The first four addresses of a subnet are AWS's own. */
function nextAddress({ cidrBlock }: Subnet, taken: number): string {
  const [first = '', second = ''] = cidrBlock.split('.');
  const host = taken + 4;
  return `${first}.${second}.${Math.floor(host / 256)}.${host % 256}`;
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
    Ipv6Addresses: (one.ipv6Addresses ?? []).map((Ipv6Address) => ({ Ipv6Address })),
    Groups: one.groupIds.map((id) => ({ GroupId: id, GroupName: state.groups.get(id)?.groupName })),
    RequesterManaged: false,
    SourceDestCheck: true,
    Status: statusOf(one),
    ...(one.publicIp === undefined ? {} : { Association: { PublicIp: one.publicIp, IpOwnerId: 'amazon' } }),
    ...(one.instanceId === undefined ? {} : { Attachment: { InstanceId: one.instanceId, Status: 'attached' } }),
    TagSet: toTagList(one.tags),
  };
}

function statusOf({ instanceId }: NetworkInterface): 'available' | 'in-use' {
  return instanceId === undefined ? 'available' : 'in-use';
}
