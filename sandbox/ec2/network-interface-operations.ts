import type {
  AttachNetworkInterfaceCommandInput,
  AttachNetworkInterfaceCommandOutput,
  CreateNetworkInterfaceCommandInput,
  CreateNetworkInterfaceCommandOutput,
  DescribeNetworkInterfacesCommandInput,
  DescribeNetworkInterfacesCommandOutput,
  ModifyNetworkInterfaceAttributeCommandInput,
  NetworkInterface as NetworkInterfaceView,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import { chooseByIds } from './choose-by-ids';
import { invalidCombination, invalidParameterValue } from './ec2-errors';
import { findById, ID_KINDS } from './ec2-ids';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import type { NetworkInterface, Subnet } from './ec2-state';
import { matchesFilters } from './filters';
import { toPage } from './paging';
import { onEverything, onGroup, onResource, onTagging } from './permissions';
import { readTagSpecifications, toTagList } from './tags';
import { toSecond } from './to-second';
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

/** Of the service, for a network or gateway load balancer that was made without groups. */
function mayHaveNone({ description }: Pick<NetworkInterface, 'description'>): boolean {
  return /^ELB (net|gwy)\//.test(description);
}

/** Without groups it gets the default one of its VPC. */
export function addNetworkInterface(
  subnet: Subnet,
  { state, world }: Ec2Context,
  asked: Pick<NetworkInterface, 'groupIds' | 'description' | 'tags' | 'publicIp' | 'instanceId' | 'attachedMillis'> & {
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
    groupIds:
      asked.groupIds.length > 0 || mayHaveNone(asked) ? asked.groupIds : byDefault.map(({ groupId }) => groupId),
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
          'attachment.instance-id': networkInterface.instanceId === undefined ? [] : [networkInterface.instanceId],
          'requester-managed': [String(requesterOf(networkInterface) !== undefined)],
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
    InterfaceType: typeOf(one),
    PrivateIpAddress: one.privateIpAddress,
    PrivateIpAddresses: [{ PrivateIpAddress: one.privateIpAddress, Primary: true }],
    Ipv6Addresses: (one.ipv6Addresses ?? []).map((Ipv6Address) => ({ Ipv6Address })),
    Groups: one.groupIds.map((id) => ({ GroupId: id, GroupName: state.groups.get(id)?.groupName })),
    RequesterManaged: requesterOf(one) !== undefined,
    ...(requesterOf(one) === undefined ? {} : { RequesterId: requesterOf(one) }),
    SourceDestCheck: true,
    Status: statusOf(one),
    ...(one.publicIp === undefined ? {} : { Association: { PublicIp: one.publicIp, IpOwnerId: 'amazon' } }),
    ...attachmentOf(one),
    TagSet: toTagList(one.tags),
  };
}

function typeOf({ description }: NetworkInterface): NonNullable<NetworkInterfaceView['InterfaceType']> {
  if (description.startsWith('ELB net/')) return 'network_load_balancer';
  return description.startsWith('ELB gwy/') ? 'gateway_load_balancer' : 'interface';
}

function attachmentOf({ instanceId, attachedMillis }: NetworkInterface): Pick<NetworkInterfaceView, 'Attachment'> {
  if (instanceId === undefined) return {};
  const at = attachedMillis === undefined ? {} : { AttachTime: toSecond(attachedMillis) };
  return { Attachment: { InstanceId: instanceId, Status: 'attached', ...at } };
}

/** Who makes interfaces with descriptions of these beginnings: nobody else may change them. */
const REQUESTERS: readonly (readonly [description: string, requester: string])[] = [
  ['ELB ', 'amazon-elb'],
  ['Interface for NAT Gateway', 'amazon-nat'],
  ['AWS Lambda VPC ENI', 'amazon-lambda'],
  ['VPC Endpoint Interface', 'amazon-vpc-endpoint'],
  ['RDSNetworkInterface', 'amazon-rds'],
  ['ECS trunk branch', 'amazon-ecs'],
];

function requesterOf({ description }: NetworkInterface): string | undefined {
  return REQUESTERS.find(([begins]) => description.startsWith(begins))?.[1];
}

/** Groups and description are all that can be changed here, one of them a call, as EC2 has it. */
export const modifyNetworkInterface: Ec2Operation<ModifyNetworkInterfaceAttributeCommandInput, object> = {
  permissions: (input, context) => [
    onResource(
      'ModifyNetworkInterfaceAttribute',
      'network-interface',
      input.NetworkInterfaceId ?? '',
      context,
      context.state.networkInterfaces.get(input.NetworkInterfaceId ?? '')?.tags,
    ),
    ...(input.Groups ?? []).map((id) => onGroup('ModifyNetworkInterfaceAttribute', id, context)),
  ],
  handle: ({ NetworkInterfaceId = '', Groups, Description }, { state }) => {
    const one = findById(ID_KINDS.networkInterface, state.networkInterfaces, NetworkInterfaceId);
    if ((Groups === undefined) === (Description === undefined)) {
      throw invalidCombination('Exactly one attribute must be specified');
    }
    if (requesterOf(one) !== undefined) {
      throw new AwsError('AuthFailure', 'You do not have permission to access the specified resource.');
    }
    if (Description?.Value !== undefined) {
      state.networkInterfaces.set(NetworkInterfaceId, { ...one, description: Description.Value });
    }
    if (Groups === undefined) return {};
    const groups = Groups.map((id) => findById(ID_KINDS.group, state.groups, id));
    if (groups.length === 0) throw invalidParameterValue('An interface needs one security group at least.');
    if (groups.length > GROUPS_AN_INTERFACE) {
      throw new AwsError(
        'SecurityGroupsPerInterfaceLimitExceeded',
        `The maximum number of security groups per interface has been reached: ${GROUPS_AN_INTERFACE}`,
      );
    }
    if (groups.some(({ vpcId }) => vpcId !== one.vpcId)) {
      throw invalidParameterValue('You have specified two resources that belong to different networks.');
    }
    state.networkInterfaces.set(NetworkInterfaceId, { ...one, groupIds: groups.map(({ groupId }) => groupId) });
    return {};
  },
};

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const GROUPS_AN_INTERFACE = 5;

/** As a further interface of an instance. */
export const attachNetworkInterface: Ec2Operation<
  AttachNetworkInterfaceCommandInput,
  Answer<AttachNetworkInterfaceCommandOutput>
> = {
  permissions: (input, context) => [
    onResource('AttachNetworkInterface', 'instance', input.InstanceId ?? '', context),
    onResource('AttachNetworkInterface', 'network-interface', input.NetworkInterfaceId ?? '', context),
  ],
  handle: ({ InstanceId = '', NetworkInterfaceId = '' }, { state, world }) => {
    const { instanceId } = findById(ID_KINDS.instance, state.instances, InstanceId);
    const one = findById(ID_KINDS.networkInterface, state.networkInterfaces, NetworkInterfaceId);
    if (one.instanceId !== undefined) {
      throw new AwsError('InvalidNetworkInterface.InUse', `Interface: [${NetworkInterfaceId}] in use.`);
    }
    state.networkInterfaces.set(NetworkInterfaceId, { ...one, instanceId, attachedMillis: world.clock.now() });
    return { AttachmentId: world.id('eni-attach-', 17) };
  },
};

function statusOf({ instanceId }: NetworkInterface): 'available' | 'in-use' {
  return instanceId === undefined ? 'available' : 'in-use';
}
