import type {
  IpPermission,
  RevokedSecurityGroupRule,
  SecurityGroup as SecurityGroupView,
  SecurityGroupRule as RuleView,
} from '@aws-sdk/client-ec2';
import { ec2Arn } from './arns';
import type { Ec2Context } from './ec2-operation';
import type { Peer, Permission, SecurityGroup, SecurityGroupRule } from './security-group';
import { toTagList } from './tags';

/**
 * A rule as DescribeSecurityGroupRules shows it; its owner is the account that asks, for groups are not shared here.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
 */
export function toRuleView(group: SecurityGroup, rule: SecurityGroupRule, context: Ec2Context): RuleView {
  const { peer } = rule;
  return {
    SecurityGroupRuleId: rule.ruleId,
    SecurityGroupRuleArn: ec2Arn(context, 'security-group-rule', rule.ruleId),
    GroupId: group.groupId,
    GroupOwnerId: context.account,
    IsEgress: rule.isEgress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort,
    ToPort: rule.toPort,
    ...cidrsOf(peer),
    ...(peer.kind === 'group' ? { ReferencedGroupInfo: { GroupId: peer.groupId, UserId: context.account } } : {}),
    ...(rule.description === undefined ? {} : { Description: rule.description }),
    Tags: toTagList(rule.tags),
  };
}

/** What a revocation reports of the rules that are gone: descriptions, but no tags. */
export function toRevokedView(group: SecurityGroup, rule: SecurityGroupRule): RevokedSecurityGroupRule {
  const { peer } = rule;
  return {
    SecurityGroupRuleId: rule.ruleId,
    GroupId: group.groupId,
    IsEgress: rule.isEgress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort,
    ToPort: rule.toPort,
    ...cidrsOf(peer),
    ...(peer.kind === 'group' ? { ReferencedGroupId: peer.groupId } : {}),
    ...(rule.description === undefined ? {} : { Description: rule.description }),
  };
}

function cidrsOf(peer: Peer): { CidrIpv4?: string; CidrIpv6?: string; PrefixListId?: string } {
  switch (peer.kind) {
    case 'ipv4':
      return { CidrIpv4: peer.cidr };
    case 'ipv6':
      return { CidrIpv6: peer.cidr };
    case 'prefix-list':
      return { PrefixListId: peer.prefixListId };
    case 'group':
      return {};
  }
}

/**
 * A group as DescribeSecurityGroups shows it: its rules as permissions, ingress and egress apart, without their ids.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroup.html
 */
export function toGroupView(group: SecurityGroup, context: Ec2Context): SecurityGroupView {
  const permissionsOf = (egress: boolean): IpPermission[] =>
    toIpPermissions(
      group.rules.filter(({ isEgress }) => isEgress === egress),
      context.account,
    );
  return {
    GroupId: group.groupId,
    GroupName: group.groupName,
    Description: group.description,
    OwnerId: context.account,
    VpcId: group.vpcId,
    SecurityGroupArn: ec2Arn(context, 'security-group', group.groupId),
    IpPermissions: permissionsOf(false),
    IpPermissionsEgress: permissionsOf(true),
    Tags: toTagList(group.tags),
  };
}

/** EC2 shows the rules of one protocol and port range as one permission with all their peers. */
export function toIpPermissions(
  permissions: readonly (Permission & { readonly description: string | undefined })[],
  account: string,
): IpPermission[] {
  const byTraffic = new Map<
    string,
    Required<Pick<IpPermission, 'IpRanges' | 'Ipv6Ranges' | 'PrefixListIds' | 'UserIdGroupPairs'>> & IpPermission
  >();
  for (const { protocol, fromPort, toPort, peer, description } of permissions) {
    const key = `${protocol}/${fromPort}/${toPort}`;
    const ports = hasPorts(protocol) ? { FromPort: fromPort, ToPort: toPort } : {};
    const permission = byTraffic.get(key) ?? {
      IpProtocol: protocol,
      ...ports,
      UserIdGroupPairs: [],
      IpRanges: [],
      Ipv6Ranges: [],
      PrefixListIds: [],
    };
    byTraffic.set(key, permission);
    const described = description === undefined ? {} : { Description: description };
    switch (peer.kind) {
      case 'ipv4':
        permission.IpRanges?.push({ CidrIp: peer.cidr, ...described });
        break;
      case 'ipv6':
        permission.Ipv6Ranges?.push({ CidrIpv6: peer.cidr, ...described });
        break;
      case 'prefix-list':
        permission.PrefixListIds?.push({ PrefixListId: peer.prefixListId, ...described });
        break;
      case 'group':
        permission.UserIdGroupPairs?.push({ GroupId: peer.groupId, UserId: account, ...described });
    }
  }
  return [...byTraffic.values()];
}

function hasPorts(protocol: string): boolean {
  return ['tcp', 'udp', 'icmp', 'icmpv6'].includes(protocol);
}
