import type {
  DescribeInstancesCommandInput,
  DescribeInstancesCommandOutput,
  Instance as InstanceView,
  RunInstancesCommandInput,
  RunInstancesCommandOutput,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import { chooseByIds } from './choose-by-ids';
import { missingParameter } from './ec2-errors';
import { findById, ID_KINDS } from './ec2-ids';
import { toSecond } from './to-second';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import type { Instance, Subnet } from './ec2-state';
import { matchesFilters } from './filters';
import { addNetworkInterface } from './network-interface-operations';
import { toPage } from './paging';
import { onEverything, onResource, onTagging } from './permissions';
import { readTagSpecifications, toTagList } from './tags';
import { checkGroupsOfSubnet } from './vpc-association-operations';

/** Instances run at once, each with one interface, made before by nobody. */
export const runInstances: Ec2Operation<RunInstancesCommandInput, Answer<RunInstancesCommandOutput>> = {
  permissions: (input, context) => [
    ...['instance', 'network-interface', 'volume'].map((type) => onResource('RunInstances', type, '*', context)),
    onResource('RunInstances', 'image', input.ImageId ?? '', context),
    onResource('RunInstances', 'subnet', askedFor(input).subnetId ?? '*', context),
    ...askedFor(input).groupIds.map((id) => onResource('RunInstances', 'security-group', id, context)),
    ...onTagging('RunInstances', 'instance', input.TagSpecifications, context),
  ],
  handle: (input, context) => {
    const { ImageId: imageId, MinCount, MaxCount } = input;
    if (imageId === undefined) throw missingParameter('The request must contain the parameter ImageId');
    if (MinCount === undefined || MaxCount === undefined || MinCount > MaxCount) {
      throw missingParameter('The request must contain the parameters MinCount and MaxCount');
    }
    const asked = askedFor(input);
    const subnet = subnetOf(asked.subnetId, context);
    const groupIds = asked.groupIds.map((id) => findById(ID_KINDS.group, context.state.groups, id).groupId);
    checkGroupsOfSubnet(groupIds, subnet, context);
    const launchedMillis = context.world.clock.now();
    const instances = Array.from({ length: MaxCount }, () => {
      const instanceId = context.world.id('i-', 17);
      const count = context.state.instances.size + 1;
      const isPublic = asked.isPublic ?? context.state.vpcs.get(subnet.vpcId)?.isDefault === true;
      const publicIp = isPublic ? { publicIp: `18.${Math.floor(count / 256)}.${count % 256}.7` } : {};
      const { networkInterfaceId } = addNetworkInterface(subnet, context, {
        groupIds,
        description: '',
        tags: new Map(),
        instanceId,
        attachedMillis: launchedMillis,
        ...publicIp,
      });
      const tags = readTagSpecifications(input.TagSpecifications, 'instance');
      const instanceType = input.InstanceType ?? 'm1.small';
      const instance: Instance = { instanceId, imageId, instanceType, networkInterfaceId, launchedMillis, tags };
      context.state.instances.set(instanceId, instance);
      const { account, region } = context;
      const hasProfile = input.IamInstanceProfile !== undefined;
      context.world.emit('ec2:instance-run', { account, region, instanceId, hasProfile });
      return toInstanceView(instance, context);
    });
    return { ReservationId: context.world.id('r-', 17), OwnerId: context.account, Instances: instances };
  },
};

export const describeInstances: Ec2Operation<DescribeInstancesCommandInput, Answer<DescribeInstancesCommandOutput>> = {
  permissions: onEverything('DescribeInstances'),
  handle: (input, context) => {
    const { instances, networkInterfaces } = context.state;
    const found = chooseByIds(ID_KINDS.instance, instances, input.InstanceIds).filter((instance) => {
      const own = networkInterfaces.get(instance.networkInterfaceId);
      const all = [...networkInterfaces.values()].filter(({ instanceId }) => instanceId === instance.instanceId);
      return matchesFilters(
        input.Filters,
        {
          'instance-id': [instance.instanceId],
          'instance-state-name': ['running'],
          'vpc-id': [own?.vpcId ?? ''],
          'subnet-id': [own?.subnetId ?? ''],
          'network-interface.group-id': all.flatMap(({ groupIds }) => groupIds),
          'network-interface.subnet-id': all.map(({ subnetId }) => subnetId),
        },
        instance.tags,
      );
    });
    const { items, nextToken } = toPage(found, input, { least: 5, most: 1000 });
    const Reservations = items.map((instance) => ({
      ReservationId: instance.instanceId.replace('i-', 'r-'),
      OwnerId: context.account,
      Instances: [toInstanceView(instance, context)],
    }));
    return { Reservations, ...nextToken };
  },
};

/** Groups and subnet are named either beside each other or in the one interface that is described. */
function askedFor({ SubnetId, SecurityGroupIds, NetworkInterfaces }: RunInstancesCommandInput) {
  const [described] = NetworkInterfaces ?? [];
  return {
    subnetId: described?.SubnetId ?? SubnetId,
    groupIds: described?.Groups ?? SecurityGroupIds ?? [],
    isPublic: described?.AssociatePublicIpAddress,
  };
}

/** @throws AwsError where there is neither the subnet nor a default VPC */
function subnetOf(subnetId: string | undefined, { state }: Ec2Context): Subnet {
  if (subnetId !== undefined) return findById(ID_KINDS.subnet, state.subnets, subnetId);
  const [first] = [...state.subnets.values()].filter(({ vpcId }) => state.vpcs.get(vpcId)?.isDefault === true);
  if (first) return first;
  throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user.');
}

function toInstanceView(
  { instanceId, imageId, instanceType, networkInterfaceId, launchedMillis, tags }: Instance,
  { state }: Ec2Context,
): InstanceView {
  const own = state.networkInterfaces.get(networkInterfaceId);
  return {
    InstanceId: instanceId,
    ImageId: imageId,
    InstanceType: instanceType as NonNullable<InstanceView['InstanceType']>,
    State: { Code: 16, Name: 'running' },
    LaunchTime: toSecond(launchedMillis),
    SubnetId: own?.subnetId,
    VpcId: own?.vpcId,
    PrivateIpAddress: own?.privateIpAddress,
    ...(own?.publicIp === undefined ? {} : { PublicIpAddress: own.publicIp }),
    SecurityGroups: (own?.groupIds ?? []).map((id) => ({ GroupId: id, GroupName: state.groups.get(id)?.groupName })),
    Tags: toTagList(tags),
  };
}
