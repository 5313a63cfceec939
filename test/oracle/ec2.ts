import type { SecurityGroupRule, Tag } from '../../src/core/network/security-group-rule';
import type { SecurityGroupStep } from '../../src/core/planning/plan';

const NAMES: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' };

/**
 * Does to rules what EC2 would do, and throws where EC2 would refuse.
 *
 * @param tag what a runbook puts on the rules that it authorizes, besides their own tags
 */
export function applyStep(
  rules: readonly SecurityGroupRule[],
  step: SecurityGroupStep,
  tag?: Tag,
): readonly SecurityGroupRule[] {
  if (step.rules.length === 0 || step.rules.length > 50) throw new Error('a call takes 1 to 50 rules');
  const traffic = new Set(step.rules.map(trafficOf));
  if (traffic.size !== 1) throw new Error('a call takes one protocol and port range');
  if (step.rules.some((rule) => rule.IsEgress !== step.call.endsWith('Egress'))) throw new Error('another direction');
  const present = new Set(rules.map(permissionOf));
  const given = new Set(step.rules.map(permissionOf));
  if (given.size !== step.rules.length)
    throw new Error('InvalidParameterValue: the same permission must not appear twice');
  switch (step.call) {
    case 'AuthorizeSecurityGroupIngress':
    case 'AuthorizeSecurityGroupEgress': {
      if ([...given].some((permission) => present.has(permission))) throw new Error('InvalidPermission.Duplicate');
      if (new Set(step.rules.map(({ Tags = [] }) => JSON.stringify(Tags))).size !== 1)
        throw new Error('one set of tags');
      if (step.rules.some((rule) => rule.SecurityGroupRuleId !== undefined)) throw new Error('EC2 gives the ids');
      if (tag === undefined) return [...rules, ...step.rules];
      return [...rules, ...step.rules.map((rule) => ({ ...rule, Tags: withTag(rule.Tags, tag) }))];
    }
    case 'RevokeSecurityGroupIngress':
    case 'RevokeSecurityGroupEgress':
      if ([...given].some((permission) => !present.has(permission))) throw new Error('InvalidPermission.NotFound');
      return rules.filter((rule) => !given.has(permissionOf(rule)));
  }
}

/** A resource has one tag of a key. */
function withTag(tags: readonly Tag[] = [], tag: Tag): readonly Tag[] {
  return [...tags.filter(({ Key }) => Key !== tag.Key), tag];
}

export function permissionOf(rule: SecurityGroupRule): string {
  const source = rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId;
  return JSON.stringify([rule.IsEgress, trafficOf(rule), source]);
}

function trafficOf(rule: SecurityGroupRule): string {
  const protocol = NAMES[rule.IpProtocol] ?? rule.IpProtocol;
  return protocol === '-1' ? protocol : JSON.stringify([protocol, rule.FromPort ?? -1, rule.ToPort ?? -1]);
}
