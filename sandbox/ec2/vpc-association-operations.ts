import type {
  AssociateSecurityGroupVpcCommandInput,
  AssociateSecurityGroupVpcCommandOutput,
  DescribeSecurityGroupVpcAssociationsCommandInput,
  DescribeSecurityGroupVpcAssociationsCommandOutput,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import { invalidParameterValue } from './ec2-errors';
import { findById, ID_KINDS } from './ec2-ids';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import type { Subnet } from './ec2-state';
import { matchesFilters } from './filters';
import { toPage } from './paging';
import { onEverything, onGroup, onResource } from './permissions';

/**
 * It is there at once, where AWS takes a while; VPCs of other accounts are not in the sandbox.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html
 */
export const associateSecurityGroupVpc: Ec2Operation<
  AssociateSecurityGroupVpcCommandInput,
  Answer<AssociateSecurityGroupVpcCommandOutput>
> = {
  permissions: ({ GroupId = '', VpcId = '' }, context) => [
    onGroup('AssociateSecurityGroupVpc', GroupId, context),
    onResource('AssociateSecurityGroupVpc', 'vpc', VpcId, context),
  ],
  handle: ({ GroupId = '', VpcId = '' }, { state }) => {
    const group = findById(ID_KINDS.group, state.groups, GroupId);
    const vpc = findById(ID_KINDS.vpc, state.vpcs, VpcId);
    if (group.groupName === 'default' || vpc.isDefault || state.vpcs.get(group.vpcId)?.isDefault === true) {
      throw invalidParameterValue('Neither default security groups nor those of default VPCs can be associated.');
    }
    if (group.vpcId === VpcId) throw invalidParameterValue(`${GroupId} is a security group of ${VpcId} itself.`);
    const vpcIds = state.vpcAssociations.get(GroupId) ?? new Set();
    state.vpcAssociations.set(GroupId, vpcIds.add(VpcId));
    return { State: 'associated' };
  },
};

export const describeVpcAssociations: Ec2Operation<
  DescribeSecurityGroupVpcAssociationsCommandInput,
  Answer<DescribeSecurityGroupVpcAssociationsCommandOutput>
> = {
  permissions: onEverything('DescribeSecurityGroupVpcAssociations'),
  handle: (input, { state, account }) => {
    const all = [...state.vpcAssociations].flatMap(([GroupId, vpcIds]) =>
      [...vpcIds].map((VpcId) => ({ GroupId, VpcId })),
    );
    const found = all.filter(({ GroupId, VpcId }) =>
      matchesFilters(
        input.Filters,
        {
          'group-id': [GroupId],
          'group-owner-id': [account],
          'vpc-id': [VpcId],
          'vpc-owner-id': [account],
          state: ['associated'],
        },
        new Map(),
      ),
    );
    const { items, nextToken } = toPage(found, input, { least: 5, most: 1000 });
    const owners = { GroupOwnerId: account, VpcOwnerId: account, State: 'associated' as const };
    return { SecurityGroupVpcAssociations: items.map((each) => ({ ...each, ...owners })), ...nextToken };
  },
};

/** @throws AwsError InvalidParameter where a group is neither of the subnet's VPC nor associated with it */
export function checkGroupsOfSubnet(
  groupIds: readonly string[],
  { subnetId, vpcId }: Subnet,
  { state }: Pick<Ec2Context, 'state'>,
): void {
  const foreign = groupIds.find(
    (id) => state.groups.get(id)?.vpcId !== vpcId && state.vpcAssociations.get(id)?.has(vpcId) !== true,
  );
  if (foreign === undefined) return;
  throw new AwsError(
    'InvalidParameter',
    `Security group ${foreign} and subnet ${subnetId} belong to different networks.`,
  );
}
