import type {
  CreateNetworkInterfaceCommandOutput,
  DescribeSecurityGroupsCommandOutput,
  DescribeSubnetsCommandOutput,
  AllocateAddressCommandOutput,
} from '@aws-sdk/client-ec2';
import type { CallContext } from '../runtime/operation';

export interface NodesAsked {
  /** As EC2 shows it: `ELB app/front/50dc6c495c0c9188`. */
  readonly description: string;
  readonly subnetIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly isPublicIpv4: boolean;
  readonly hasIpv6: boolean;
}

/** The VPC of some subnets. @throws AwsError InvalidSubnetID.NotFound of EC2 */
export async function vpcOfSubnets(context: CallContext, SubnetIds: readonly string[]): Promise<string> {
  const { Subnets = [] } = await ec2<DescribeSubnetsCommandOutput>(context, 'DescribeSubnets', { SubnetIds });
  return Subnets[0]?.VpcId ?? '';
}

/** The default group of a VPC, which load balancers get that were asked for without any. */
export async function defaultGroup(context: CallContext, vpcId: string): Promise<readonly string[]> {
  const Filters = [
    { Name: 'vpc-id', Values: [vpcId] },
    { Name: 'group-name', Values: ['default'] },
  ];
  const { SecurityGroups = [] } = await ec2<DescribeSecurityGroupsCommandOutput>(context, 'DescribeSecurityGroups', {
    Filters,
  });
  return SecurityGroups.flatMap(({ GroupId }) => GroupId ?? []);
}

/** An interface in every subnet, as the service makes them, whoever asked for the load balancer. */
export async function addNodes(context: CallContext, asked: NodesAsked): Promise<void> {
  for (const [at, SubnetId] of asked.subnetIds.entries()) {
    const { NetworkInterface } = await ec2<CreateNetworkInterfaceCommandOutput>(context, 'CreateNetworkInterface', {
      SubnetId,
      Description: asked.description,
      Groups: asked.groupIds,
    });
    const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId ?? '';
    if (asked.isPublicIpv4) {
      const { AllocationId } = await ec2<AllocateAddressCommandOutput>(context, 'AllocateAddress', { Domain: 'vpc' });
      await ec2(context, 'AssociateAddress', { AllocationId, NetworkInterfaceId });
    }
    if (asked.hasIpv6) {
      const Ipv6Addresses = [`2600:1f18:${NetworkInterfaceId.slice(-4)}::${String(at + 1)}`];
      await ec2(context, 'AssignIpv6Addresses', { NetworkInterfaceId, Ipv6Addresses });
    }
  }
}

async function ec2<Output>(
  { world, account, region }: CallContext,
  operation: string,
  input: object,
): Promise<Omit<Output, '$metadata'>> {
  const call = { principal: { kind: 'account' as const, account }, account, region };
  return (await world.call('ec2', operation, input, call)) as Omit<Output, '$metadata'>;
}
