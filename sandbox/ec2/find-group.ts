import { AwsError } from '../runtime/aws-error';
import { findById, ID_KINDS } from './ec2-ids';
import { missingParameter } from './ec2-errors';
import type { Ec2State } from './ec2-state';
import type { SecurityGroup } from './security-group';

export interface GroupChoice {
  readonly GroupId?: string | undefined;
  /** Groups of the default VPC only. */
  readonly GroupName?: string | undefined;
}

/** @throws AwsError MissingParameter, InvalidGroup.NotFound, InvalidGroupId.Malformed */
export function findGroup({ GroupId, GroupName }: GroupChoice, state: Ec2State): SecurityGroup {
  if (GroupId !== undefined) return findById(ID_KINDS.group, state.groups, GroupId);
  if (GroupName === undefined) throw missingParameter('The request must contain the parameter groupName or groupId');
  const group = findByName(GroupName, state);
  if (!group) {
    throw new AwsError('InvalidGroup.NotFound', `The security group '${GroupName}' does not exist in default VPC`);
  }
  return group;
}

/** For permissions, which are judged before the group is known to exist. */
export function toGroupId({ GroupId, GroupName }: GroupChoice, state: Ec2State): string {
  return GroupId ?? findByName(GroupName ?? '', state)?.groupId ?? '*';
}

function findByName(name: string, state: Ec2State): SecurityGroup | undefined {
  return [...state.groups.values()].find(
    ({ groupName, vpcId }) => groupName === name && state.vpcs.get(vpcId)?.isDefault === true,
  );
}
