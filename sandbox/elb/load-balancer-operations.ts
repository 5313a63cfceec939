import type {
  CreateLoadBalancerCommandInput,
  CreateLoadBalancerCommandOutput,
  DescribeLoadBalancersCommandInput,
  DescribeLoadBalancersCommandOutput,
  LoadBalancer as LoadBalancerView,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../runtime/aws-error';
import type { Answer } from '../ec2/ec2-operation';
import { toArn, toPage, validationError, type ElbContext, type ElbOperation } from './elb-operation';
import type { LoadBalancer } from './elb-state';
import { addNodes, defaultGroup, vpcOfSubnets } from './network-of-balancers';

const SHORT = { application: 'app', network: 'net', gateway: 'gwy' } as const;

/** Active at once, with an interface in every subnet; tags and mappings of addresses are left out. */
export const createLoadBalancer: ElbOperation<
  CreateLoadBalancerCommandInput,
  Answer<CreateLoadBalancerCommandOutput>
> = {
  resource: ({ Name = '', Type = 'application' }, context) => toArn(context, `loadbalancer/${SHORT[Type]}/${Name}/*`),
  handle: async (input, context) => {
    const { Name: name = '', Type: type = 'application', Scheme, IpAddressType: ipAddressType = 'ipv4' } = input;
    const subnetIds = input.Subnets ?? (input.SubnetMappings ?? []).flatMap(({ SubnetId }) => SubnetId ?? []);
    if (!/^(?!-|internal-)[a-zA-Z0-9-]{1,32}(?<!-)$/.test(name)) {
      throw validationError(`The load balancer name '${name}' must be 1 to 32 letters, digits and hyphens`);
    }
    if (subnetIds.length === 0) throw validationError('At least one subnet must be specified');
    if (type === 'application' && new Set(subnetIds).size < 2) {
      throw validationError('At least two subnets in two different Availability Zones must be specified');
    }
    const { state, world } = context;
    const same = [...state.loadBalancers.values()].find((each) => each.name === name);
    if (same !== undefined) {
      // "If you attempt to create multiple load balancers with the same settings, each call succeeds."
      if (same.type === type && same.subnetIds.join() === subnetIds.join()) {
        return { LoadBalancers: [toView(same, context)] };
      }
      throw new AwsError('DuplicateLoadBalancerNameException', `A load balancer with the name '${name}' exists`);
    }
    const vpcId = await vpcOfSubnets(context, subnetIds);
    const asked = input.SecurityGroups ?? [];
    const groupIds = asked.length > 0 || type !== 'application' ? asked : await defaultGroup(context, vpcId);
    const arn = toArn(context, `loadbalancer/${SHORT[type]}/${name}/${world.id('', 16)}`);
    const scheme = type === 'gateway' ? undefined : (Scheme ?? 'internet-facing');
    const made: LoadBalancer = {
      ...{ arn, name, type, scheme, ipAddressType, vpcId, subnetIds, groupIds },
      createdMillis: world.clock.now(),
    };
    state.loadBalancers.set(arn, made);
    await addNodes(context, {
      description: `ELB ${arn.slice(arn.indexOf('loadbalancer/') + 'loadbalancer/'.length)}`,
      ...{ subnetIds, groupIds },
      isPublicIpv4: scheme === 'internet-facing' && ipAddressType !== 'dualstack-without-public-ipv4',
      hasIpv6: ipAddressType !== 'ipv4',
    });
    return { LoadBalancers: [toView(made, context)] };
  },
};

export const describeLoadBalancers: ElbOperation<
  DescribeLoadBalancersCommandInput,
  Answer<DescribeLoadBalancersCommandOutput>
> = {
  resource: () => '*',
  handle: (input, context) => {
    const { LoadBalancerArns: arns, Names: names } = input;
    const all = [...context.state.loadBalancers.values()];
    const missing =
      arns?.find((arn) => !context.state.loadBalancers.has(arn)) ??
      names?.find((name) => !all.some((each) => each.name === name));
    if (missing !== undefined) {
      throw new AwsError('LoadBalancerNotFoundException', `Load balancers '[${missing}]' not found`);
    }
    const asked = all.filter(({ arn, name }) => (arns?.includes(arn) ?? true) && (names?.includes(name) ?? true));
    const { items, ...marker } = toPage(asked, input);
    return { LoadBalancers: items.map((each) => toView(each, context)), ...marker };
  },
};

function toView(one: LoadBalancer, { region }: ElbContext): LoadBalancerView {
  const prefix = one.scheme === 'internal' ? 'internal-' : '';
  const domain = one.type === 'network' ? `elb.${region}.amazonaws.com` : `${region}.elb.amazonaws.com`;
  return {
    LoadBalancerArn: one.arn,
    LoadBalancerName: one.name,
    Type: one.type,
    ...(one.scheme === undefined ? {} : { Scheme: one.scheme, DNSName: `${prefix}${one.name}.${domain}` }),
    VpcId: one.vpcId,
    IpAddressType: one.ipAddressType,
    State: { Code: 'active' },
    CreatedTime: new Date(one.createdMillis),
    AvailabilityZones: one.subnetIds.map((SubnetId) => ({
      SubnetId,
      ZoneName: `${region}a`,
      LoadBalancerAddresses: [],
    })),
    ...(one.groupIds.length === 0 ? {} : { SecurityGroups: [...one.groupIds] }),
  };
}
