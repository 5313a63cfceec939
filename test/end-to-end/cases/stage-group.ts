import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import type { SecurityGroup, SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { ruleText } from '../../cases/case-text';
import type { Deployed, Group, Place } from '../deployed-portcullis';
import { CaseNames } from './case-names';

/** An entry of lists whose entries nobody can read: any will do. */
const UNREAD = ['10.0.0.0/8'];

/** Makes a row's group with exactly its rules, and what they name, in a VPC of its own: there names are free. */
export async function stageGroup(
  portcullis: Deployed,
  place: Place,
  wanted: SecurityGroup,
  groupName: string | undefined,
): Promise<{ readonly group: Group; readonly names: CaseNames }> {
  const vpcId = await portcullis.openVpc(place);
  const group =
    groupName === 'default'
      ? await portcullis.defaultGroupOf(place, vpcId)
      : await portcullis.openGroup(place, [], vpcId, groupName);
  const names = new CaseNames();
  names.set(group.id, wanted.id);
  const sources = await stageSources(portcullis, wanted, { group, vpcId }, names);
  await removeRules(portcullis, group);
  for (const rule of wanted.rules) names.set(await addRule(portcullis, group, rule, sources), ruleText(rule));
  for (const name of wanted.attachedInterfaceIds ?? []) names.set(await portcullis.attachInterface(group), name);
  return { group, names };
}

/** EC2's ids of the groups and lists that the rules name. */
async function stageSources(
  portcullis: Deployed,
  { id, rules, prefixLists }: SecurityGroup,
  { group, vpcId }: { readonly group: Group; readonly vpcId: string },
  names: CaseNames,
): Promise<ReadonlyMap<string, string>> {
  const sources = new Map([[id, group.id]]);
  for (const { ReferencedGroupInfo, PrefixListId } of rules) {
    const groupId = ReferencedGroupInfo?.GroupId;
    if (groupId !== undefined && !sources.has(groupId)) {
      sources.set(groupId, (await portcullis.openGroup(group, [], vpcId)).id);
    }
    if (PrefixListId !== undefined && !sources.has(PrefixListId)) {
      sources.set(PrefixListId, await portcullis.openPrefixList(group, prefixLists[PrefixListId] ?? UNREAD));
    }
  }
  for (const [name, made] of sources) names.set(made, name);
  return sources;
}

/** What EC2 gives to a new group. */
async function removeRules(portcullis: Deployed, group: Group): Promise<void> {
  const ec2 = portcullis.clients.ec2(group);
  for (const { IsEgress, SecurityGroupRuleId = '' } of await portcullis.rulesOf(group)) {
    const rules = { GroupId: group.id, SecurityGroupRuleIds: [SecurityGroupRuleId] };
    await (IsEgress === true
      ? ec2.send(new RevokeSecurityGroupEgressCommand(rules))
      : ec2.send(new RevokeSecurityGroupIngressCommand(rules)));
  }
}

/** @returns the id that EC2 gave it. */
async function addRule(
  portcullis: Deployed,
  group: Group,
  rule: SecurityGroupRule,
  sources: ReadonlyMap<string, string>,
): Promise<string> {
  const { Tags = [] } = rule;
  const input = {
    GroupId: group.id,
    IpPermissions: [toPermission(rule, sources)],
    ...(Tags.length > 0 && {
      TagSpecifications: [{ ResourceType: 'security-group-rule' as const, Tags: Tags.map((tag) => ({ ...tag })) }],
    }),
  };
  const ec2 = portcullis.clients.ec2(group);
  const { SecurityGroupRules = [] } = await (rule.IsEgress
    ? ec2.send(new AuthorizeSecurityGroupEgressCommand(input))
    : ec2.send(new AuthorizeSecurityGroupIngressCommand(input)));
  return SecurityGroupRules[0]?.SecurityGroupRuleId ?? '';
}

function toPermission(rule: SecurityGroupRule, sources: ReadonlyMap<string, string>): IpPermission {
  const description = rule.Description === undefined ? {} : { Description: rule.Description };
  const GroupId = sources.get(rule.ReferencedGroupInfo?.GroupId ?? '');
  const PrefixListId = sources.get(rule.PrefixListId ?? '');
  return {
    IpProtocol: rule.IpProtocol,
    ...(rule.IpProtocol !== '-1' && { FromPort: rule.FromPort, ToPort: rule.ToPort }),
    ...(rule.CidrIpv4 !== undefined && { IpRanges: [{ CidrIp: rule.CidrIpv4, ...description }] }),
    ...(rule.CidrIpv6 !== undefined && { Ipv6Ranges: [{ CidrIpv6: rule.CidrIpv6, ...description }] }),
    ...(GroupId !== undefined && { UserIdGroupPairs: [{ GroupId, ...description }] }),
    ...(PrefixListId !== undefined && { PrefixListIds: [{ PrefixListId, ...description }] }),
  };
}
