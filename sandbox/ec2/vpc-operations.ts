import type {
  CreateSubnetCommandInput,
  CreateSubnetCommandOutput,
  CreateVpcCommandInput,
  CreateVpcCommandOutput,
  DescribeSubnetsCommandInput,
  DescribeSubnetsCommandOutput,
  DescribeVpcsCommandInput,
  DescribeVpcsCommandOutput,
  Subnet as SubnetView,
  Vpc as VpcView,
} from '@aws-sdk/client-ec2';
import { chooseByIds } from './choose-by-ids';
import { toCanonicalCidr } from './cidr';
import { missingParameter } from './ec2-errors';
import { findById, ID_KINDS } from './ec2-ids';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import { addSubnet, addVpc, type Subnet, type Vpc } from './ec2-state';
import { matchesFilters } from './filters';
import { toPage } from './paging';
import { onEverything, onResource, onTagging } from './permissions';
import { readTagSpecifications, toTagList } from './tags';

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

/** Beside the one that a VPC has from the first, whose range it may share: nothing is sent in either. */
export const createSubnet: Ec2Operation<CreateSubnetCommandInput, Answer<CreateSubnetCommandOutput>> = {
  permissions: (input, context) => [
    onResource('CreateSubnet', 'subnet', '*', context),
    onResource('CreateSubnet', 'vpc', input.VpcId ?? '', context),
    ...onTagging('CreateSubnet', 'subnet', input.TagSpecifications, context),
  ],
  handle: ({ VpcId = '', CidrBlock, TagSpecifications }, context) => {
    if (CidrBlock === undefined) throw missingParameter('Either CidrBlock or Ipv4IpamPoolId must be provided.');
    const { vpcId } = findById(ID_KINDS.vpc, context.state.vpcs, VpcId);
    const cidrBlock = toCanonicalCidr(CidrBlock, 'ipv4');
    const tags = readTagSpecifications(TagSpecifications, 'subnet');
    const subnet = addSubnet(context.state, { vpcId, cidrBlock, tags }, (prefix) => context.world.id(prefix, 17));
    return { Subnet: toSubnetView(subnet, context) };
  },
};

export const describeVpcs: Ec2Operation<DescribeVpcsCommandInput, Answer<DescribeVpcsCommandOutput>> = {
  permissions: onEverything('DescribeVpcs'),
  handle: (input, context) => {
    const all = chooseByIds(ID_KINDS.vpc, context.state.vpcs, input.VpcIds);
    const found = all.filter((vpc) =>
      matchesFilters(
        input.Filters,
        { 'vpc-id': [vpc.vpcId], 'is-default': [String(vpc.isDefault)], cidr: [vpc.cidrBlock], state: ['available'] },
        vpc.tags,
      ),
    );
    const { items, nextToken } = toPage(found, input, { least: 5, most: 1000 });
    return { Vpcs: items.map((vpc) => toVpcView(vpc, context)), ...nextToken };
  },
};

export const describeSubnets: Ec2Operation<DescribeSubnetsCommandInput, Answer<DescribeSubnetsCommandOutput>> = {
  permissions: onEverything('DescribeSubnets'),
  handle: (input, context) => {
    const { subnets } = context.state;
    const all = chooseByIds(ID_KINDS.subnet, subnets, input.SubnetIds);
    const found = all.filter(({ subnetId, vpcId, tags }) =>
      matchesFilters(input.Filters, { 'subnet-id': [subnetId], 'vpc-id': [vpcId], state: ['available'] }, tags),
    );
    const { items, nextToken } = toPage(found, input, { least: 5, most: 1000 });
    return { Subnets: items.map((subnet) => toSubnetView(subnet, context)), ...nextToken };
  },
};

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
