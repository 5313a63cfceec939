import type {
  CreateLoadBalancerCommandInput,
  CreateLoadBalancerCommandOutput,
  DescribeLoadBalancersCommandInput,
  DescribeLoadBalancersCommandOutput,
  LoadBalancerDescription,
  RegisterInstancesWithLoadBalancerCommandInput,
  RegisterInstancesWithLoadBalancerCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing';
import { AwsError } from '../runtime/aws-error';
import type { Answer } from '../ec2/ec2-operation';
import { toArn, toPage, validationError, type ElbContext, type ElbOperation } from './elb-operation';
import type { ClassicLoadBalancer } from './elb-state';
import { addNodes, defaultGroup, vpcOfSubnets } from './network-of-balancers';

/** In subnets of a VPC; one in Availability Zones alone, of EC2-Classic, is not there. */
export const createClassic: ElbOperation<CreateLoadBalancerCommandInput, Answer<CreateLoadBalancerCommandOutput>> = {
  resource: ({ LoadBalancerName = '' }, context) => toArn(context, `loadbalancer/${LoadBalancerName}`),
  handle: async (input, context) => {
    const { LoadBalancerName: name = '', Listeners: listeners = [], Subnets: subnetIds = [], Scheme } = input;
    const { state, region, world } = context;
    if (subnetIds.length === 0) throw validationError('Either AvailabilityZones or SubnetIds must be specified');
    if (state.classic.has(name)) {
      throw new AwsError('DuplicateAccessPointNameException', `The load balancer '${name}' exists already`);
    }
    const vpcId = await vpcOfSubnets(context, subnetIds);
    const asked = input.SecurityGroups ?? [];
    const groupIds = asked.length > 0 ? asked : await defaultGroup(context, vpcId);
    const scheme = Scheme ?? 'internet-facing';
    state.classic.set(name, {
      ...{ name, scheme, vpcId, subnetIds, groupIds, listeners },
      instanceIds: new Set(),
      createdMillis: world.clock.now(),
    });
    const isPublicIpv4 = scheme === 'internet-facing';
    await addNodes(context, { description: `ELB ${name}`, subnetIds, groupIds, isPublicIpv4, hasIpv6: false });
    return { DNSName: dnsName(name, scheme, region) };
  },
};

export const registerInstances: ElbOperation<
  RegisterInstancesWithLoadBalancerCommandInput,
  Answer<RegisterInstancesWithLoadBalancerCommandOutput>
> = {
  resource: ({ LoadBalancerName = '' }, context) => toArn(context, `loadbalancer/${LoadBalancerName}`),
  handle: ({ LoadBalancerName = '', Instances = [] }, { state }) => {
    const { instanceIds } = findClassic(state.classic, LoadBalancerName);
    for (const { InstanceId } of Instances) if (InstanceId !== undefined) instanceIds.add(InstanceId);
    return { Instances: [...instanceIds].map((InstanceId) => ({ InstanceId })) };
  },
};

export const describeClassic: ElbOperation<
  DescribeLoadBalancersCommandInput,
  Answer<DescribeLoadBalancersCommandOutput>
> = {
  resource: () => '*',
  handle: (input, context) => {
    const { classic } = context.state;
    const asked = input.LoadBalancerNames?.map((name) => findClassic(classic, name)) ?? [...classic.values()];
    const { items, ...marker } = toPage(asked, input);
    return { LoadBalancerDescriptions: items.map((each) => toView(each, context)), ...marker };
  },
};

/** @throws AwsError LoadBalancerNotFound */
function findClassic(all: ReadonlyMap<string, ClassicLoadBalancer>, name: string): ClassicLoadBalancer {
  const found = all.get(name);
  if (found === undefined) {
    throw new AwsError('AccessPointNotFoundException', `There is no ACTIVE Load Balancer named '${name}'`);
  }
  return found;
}

function dnsName(name: string, scheme: string, region: string): string {
  return `${scheme === 'internal' ? 'internal-' : ''}${name}.${region}.elb.amazonaws.com`;
}

function toView(one: ClassicLoadBalancer, { region }: ElbContext): LoadBalancerDescription {
  return {
    LoadBalancerName: one.name,
    DNSName: dnsName(one.name, one.scheme, region),
    Scheme: one.scheme,
    VPCId: one.vpcId,
    Subnets: [...one.subnetIds],
    SecurityGroups: [...one.groupIds],
    AvailabilityZones: [`${region}a`],
    CreatedTime: new Date(one.createdMillis),
    Instances: [...one.instanceIds].map((InstanceId) => ({ InstanceId })),
    ListenerDescriptions: one.listeners.map((each) => ({
      Listener: { InstanceProtocol: each.Protocol, ...each },
      PolicyNames: [],
    })),
  };
}
