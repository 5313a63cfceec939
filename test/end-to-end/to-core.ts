import type { NetworkAclEntry, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { NetworkAclEntry as Entry } from '../../src/core/network/network-acl';
import type { SecurityGroupRule as Rule } from '../../src/core/network/security-group-rule';

/** A rule as EC2 answers it in the words of rows and of the oracle; without its id. */
export function toRule(rule: SecurityGroupRule): Rule {
  const { IsEgress = false, IpProtocol = '', FromPort, ToPort, ReferencedGroupInfo, Tags = [] } = rule;
  const { CidrIpv4, CidrIpv6, PrefixListId, Description } = rule;
  const GroupId = ReferencedGroupInfo?.GroupId;
  return {
    IsEgress,
    IpProtocol,
    ...(FromPort !== undefined && { FromPort }),
    ...(ToPort !== undefined && { ToPort }),
    ...(CidrIpv4 !== undefined && { CidrIpv4 }),
    ...(CidrIpv6 !== undefined && { CidrIpv6 }),
    ...(PrefixListId !== undefined && { PrefixListId }),
    ...(GroupId !== undefined && { ReferencedGroupInfo: { GroupId } }),
    ...(Description !== undefined && { Description }),
    Tags: Tags.map(({ Key = '', Value = '' }) => ({ Key, Value })),
  };
}

export function toEntry(entry: NetworkAclEntry): Entry {
  const { RuleNumber = 0, Protocol = '', RuleAction, Egress = false, CidrBlock, Ipv6CidrBlock } = entry;
  const { From, To } = entry.PortRange ?? {};
  const { Type, Code } = entry.IcmpTypeCode ?? {};
  return {
    RuleNumber,
    Protocol,
    RuleAction: RuleAction === 'allow' ? 'allow' : 'deny',
    Egress,
    ...(CidrBlock !== undefined && { CidrBlock }),
    ...(Ipv6CidrBlock !== undefined && { Ipv6CidrBlock }),
    ...(From !== undefined && To !== undefined && { PortRange: { From, To } }),
    ...(Type !== undefined && Code !== undefined && { IcmpTypeCode: { Type, Code } }),
  };
}
