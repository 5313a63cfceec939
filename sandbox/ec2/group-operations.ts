import type {
  CreateSecurityGroupCommandInput,
  CreateSecurityGroupCommandOutput,
  DeleteSecurityGroupCommandInput,
  DeleteSecurityGroupCommandOutput,
  DescribeSecurityGroupsCommandInput,
  DescribeSecurityGroupsCommandOutput,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import { ec2Arn } from './arns';
import { checkGroupText } from './descriptions';
import { invalidCombination, invalidParameterValue } from './ec2-errors';
import { findById, ID_KINDS } from './ec2-ids';
import type { Answer, Ec2Operation } from './ec2-operation';
import type { Ec2State, Vpc } from './ec2-state';
import { matchesFilters } from './filters';
import { findGroup, toGroupId } from './find-group';
import { toGroupFilterValues } from './group-filters';
import { toPage } from './paging';
import { onEverything, onGroup, onResource, onTagging, requestTags } from './permissions';
import { toGroupView } from './rule-view';
import type { SecurityGroup } from './security-group';
import { readTagSpecifications, toTagList } from './tags';

/** A new group lets everything out to IPv4, and nothing in. */
export const createSecurityGroup: Ec2Operation<
  CreateSecurityGroupCommandInput,
  Answer<CreateSecurityGroupCommandOutput>
> = {
  permissions: (input, context) => {
    const tags = readTagSpecifications(input.TagSpecifications, 'security-group');
    const group = onResource('CreateSecurityGroup', 'security-group', '*', context);
    const vpcId = input.VpcId ?? findDefaultVpc(context.state).vpcId;
    return [
      { ...group, context: requestTags(tags) },
      onResource('CreateSecurityGroup', 'vpc', vpcId, context, context.state.vpcs.get(vpcId)?.tags),
      ...onTagging('CreateSecurityGroup', 'security-group', input.TagSpecifications, context),
    ];
  },
  handle: (input, context) => {
    const { GroupName: groupName = '', Description: description = '' } = input;
    const vpc =
      input.VpcId === undefined
        ? findDefaultVpc(context.state)
        : findById(ID_KINDS.vpc, context.state.vpcs, input.VpcId);
    checkGroupName(groupName);
    checkGroupText('GroupDescription', description);
    const siblings = [...context.state.groups.values()].filter(({ vpcId }) => vpcId === vpc.vpcId);
    if (siblings.some((sibling) => sibling.groupName === groupName)) {
      throw new AwsError(
        'InvalidGroup.Duplicate',
        `The security group '${groupName}' already exists for VPC '${vpc.vpcId}'`,
      );
    }
    const tags = readTagSpecifications(input.TagSpecifications, 'security-group');
    const groupId = context.world.id('sg-', 17);
    context.state.groups.set(groupId, {
      groupId,
      groupName,
      description,
      vpcId: vpc.vpcId,
      tags,
      rules: [
        {
          ruleId: context.world.id('sgr-', 17),
          isEgress: true,
          protocol: '-1',
          fromPort: -1,
          toPort: -1,
          peer: { kind: 'ipv4', cidr: '0.0.0.0/0' },
          description: undefined,
          tags: new Map(),
        },
      ],
    });
    return {
      GroupId: groupId,
      Tags: toTagList(tags),
      SecurityGroupArn: ec2Arn(context, 'security-group', groupId),
    };
  },
};

export const describeSecurityGroups: Ec2Operation<
  DescribeSecurityGroupsCommandInput,
  Answer<DescribeSecurityGroupsCommandOutput>
> = {
  permissions: onEverything('DescribeSecurityGroups'),
  handle: (input, context) => {
    const { GroupIds: ids = [], GroupNames: names = [], Filters } = input;
    if (ids.length > 0 && input.MaxResults !== undefined) {
      throw invalidCombination('The parameter groupIds cannot be used with the parameter maxResults');
    }
    const chosen = [
      ...ids.map((GroupId) => findGroup({ GroupId }, context.state)),
      ...names.map((GroupName) => findGroup({ GroupName }, context.state)),
    ];
    const candidates = chosen.length > 0 ? [...new Set(chosen)] : [...context.state.groups.values()];
    const found = candidates.filter((group) =>
      matchesFilters(Filters, toGroupFilterValues(group, context.account), group.tags),
    );
    const { items, nextToken } = toPage(found, input, { least: 5, most: 1000 });
    return { SecurityGroups: items.map((group) => toGroupView(group, context)), ...nextToken };
  },
};

export const deleteSecurityGroup: Ec2Operation<
  DeleteSecurityGroupCommandInput,
  Answer<DeleteSecurityGroupCommandOutput>
> = {
  permissions: (input, context) => [onGroup('DeleteSecurityGroup', toGroupId(input, context.state), context)],
  handle: (input, { state }) => {
    const group = findGroup(input, state);
    if (group.groupName === 'default') {
      throw new AwsError(
        'CannotDelete',
        `the specified group: "${group.groupId}" name: "default" cannot be deleted by a user`,
      );
    }
    if (isInUse(group, state)) {
      throw new AwsError('DependencyViolation', `resource ${group.groupId} has a dependent object`);
    }
    state.groups.delete(group.groupId);
    return { Return: true, GroupId: group.groupId };
  },
};

function findDefaultVpc(state: Ec2State): Vpc {
  const vpc = [...state.vpcs.values()].find(({ isDefault }) => isDefault);
  if (!vpc) throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user');
  return vpc;
}

function checkGroupName(name: string): void {
  checkGroupText('GroupName', name);
  if (name.startsWith('sg-')) {
    throw invalidParameterValue(`Invalid value '${name}' for groupName. The group name must not start with sg-.`);
  }
  if (name === 'default') throw invalidParameterValue(`Cannot use reserved security group name: ${name}`);
}

/** By a network interface, or by another group's rule. */
function isInUse({ groupId }: SecurityGroup, state: Ec2State): boolean {
  const attached = [...state.networkInterfaces.values()].some(({ groupIds }) => groupIds.includes(groupId));
  const referenced = [...state.groups.values()].some(
    (group) =>
      group.groupId !== groupId && group.rules.some(({ peer }) => peer.kind === 'group' && peer.groupId === groupId),
  );
  return attached || referenced;
}
