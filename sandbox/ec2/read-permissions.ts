import type { AuthorizeSecurityGroupIngressRequest, IpPermission } from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import { toCanonicalCidr } from './cidr';
import { checkDescription } from './descriptions';
import { findById, ID_KINDS } from './ec2-ids';
import { invalidCombination, missingParameter } from './ec2-errors';
import type { Ec2Context } from './ec2-operation';
import { readProtocolAndPorts } from './protocol-and-ports';
import type { Peer, Permission, SecurityGroup } from './security-group';

export interface DescribedPermission extends Permission {
  readonly description: string | undefined;
}

type PermissionInput = Pick<
  AuthorizeSecurityGroupIngressRequest,
  | 'IpPermissions'
  | 'IpProtocol'
  | 'FromPort'
  | 'ToPort'
  | 'CidrIp'
  | 'SourceSecurityGroupName'
  | 'SourceSecurityGroupOwnerId'
>;

/**
 * Takes a request's permissions apart, into one for each peer, from the nested or the flat parameters.
 * @throws AwsError for whatever EC2 would refuse.
 */
export function readPermissions(
  input: PermissionInput,
  group: SecurityGroup,
  context: Ec2Context,
): readonly DescribedPermission[] {
  const flat = readFlat(input);
  const nested = input.IpPermissions ?? [];
  if (flat && nested.length > 0) {
    throw invalidCombination(
      "The parameter 'ipPermissions' may not be used in combination with 'ipProtocol' or 'cidrIp'",
    );
  }
  const permissions = flat ? [flat] : nested;
  if (permissions.length === 0) throw missingParameter('The request must contain the parameter ipPermissions');
  return permissions.flatMap((permission) => expand(permission, group, context));
}

function readFlat(input: PermissionInput): IpPermission | undefined {
  const { IpProtocol, FromPort, ToPort, CidrIp, SourceSecurityGroupName, SourceSecurityGroupOwnerId } = input;
  if (IpProtocol === undefined && CidrIp === undefined && SourceSecurityGroupName === undefined) return undefined;
  const groups = [{ GroupName: SourceSecurityGroupName, UserId: SourceSecurityGroupOwnerId }];
  return {
    // A source group without a protocol means all of tcp, udp and icmp, which a VPC's group expresses as -1.
    IpProtocol: IpProtocol ?? (SourceSecurityGroupName === undefined ? undefined : '-1'),
    FromPort,
    ToPort,
    ...(CidrIp === undefined ? {} : { IpRanges: [{ CidrIp }] }),
    ...(SourceSecurityGroupName === undefined ? {} : { UserIdGroupPairs: groups }),
  };
}

function expand(permission: IpPermission, group: SecurityGroup, context: Ec2Context): readonly DescribedPermission[] {
  const traffic = readProtocolAndPorts(permission);
  const peers = readPeers(permission, group, context);
  if (peers.length === 0) {
    throw missingParameter('Missing source specification: include source security group or CIDR information');
  }
  return peers.map(({ peer, description }) => ({ ...traffic, peer, description: checkDescription(description) }));
}

function readPeers(
  { IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs }: IpPermission,
  group: SecurityGroup,
  context: Ec2Context,
): readonly { readonly peer: Peer; readonly description: string | undefined }[] {
  return [
    ...(IpRanges ?? []).map(({ CidrIp = '', Description }) => ({
      peer: { kind: 'ipv4' as const, cidr: toCanonicalCidr(CidrIp, 'ipv4') },
      description: Description,
    })),
    ...(Ipv6Ranges ?? []).map(({ CidrIpv6 = '', Description }) => ({
      peer: { kind: 'ipv6' as const, cidr: toCanonicalCidr(CidrIpv6, 'ipv6') },
      description: Description,
    })),
    ...(PrefixListIds ?? []).map(({ PrefixListId = '', Description }) => ({
      peer: toPrefixListPeer(PrefixListId, context),
      description: Description,
    })),
    ...(UserIdGroupPairs ?? []).map(({ Description, ...pair }) => ({
      peer: toGroupPeer(pair, group, context),
      description: Description,
    })),
  ];
}

/** @throws AwsError InvalidPrefixListID.NotFound */
export function toPrefixListPeer(prefixListId: string, { state }: Ec2Context): Peer {
  findById(ID_KINDS.prefixList, state.prefixLists, prefixListId);
  return { kind: 'prefix-list', prefixListId };
}

/** @throws AwsError InvalidGroup.NotFound: peered VPCs and other accounts' groups are not in the sandbox. */
export function toGroupPeer(
  pair: {
    readonly GroupId?: string | undefined;
    readonly GroupName?: string | undefined;
    readonly UserId?: string | undefined;
  },
  group: SecurityGroup,
  { state, account }: Ec2Context,
): Peer {
  const { GroupId, GroupName, UserId = account } = pair;
  const named = [...state.groups.values()].find(
    ({ groupName, vpcId }) => groupName === GroupName && vpcId === group.vpcId,
  );
  if (UserId !== account || (GroupId === undefined && !named)) {
    throw new AwsError('InvalidGroup.NotFound', `The security group '${GroupId ?? GroupName ?? ''}' does not exist`);
  }
  const referenced = GroupId === undefined ? named : findById(ID_KINDS.group, state.groups, GroupId);
  if (referenced?.vpcId !== group.vpcId) {
    throw new AwsError('InvalidGroup.NotFound', 'You have specified two resources that belong to different networks.');
  }
  return { kind: 'group', groupId: referenced.groupId };
}
