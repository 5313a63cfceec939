import { success, type Result } from '../result';
import { checkCidr } from './check-cidr';
import {
  checkPrefixListId,
  parseReferencedGroup,
  parseSecurityGroupRule,
  readTraffic,
} from './parse-security-group-rule';
import { parseTags } from './parse-tags';
import { isFields, readList, readOptionalText, readText, type Fields } from './read-field';
import { ruleProblem, within, type RuleProblem } from './rule-problem';
import type { SecurityGroup, SecurityGroupRule } from './security-group-rule';

export interface GroupCollector {
  /** Takes one of what `aws ec2 describe-security-group-rules` prints. */
  readonly take: (element: Fields) => Result<undefined, RuleProblem>;
  /** In the order in which their first rules came. */
  readonly groups: () => readonly SecurityGroup[];
}

/** Gathers rules of any number of groups, in any order, into their groups. */
export function createGroupCollector(): GroupCollector {
  const groups = new Map<string, SecurityGroupRule[]>();
  const ids = new Set<string>();
  return {
    take(element) {
      const rule = parseSecurityGroupRule(element);
      if (!rule.ok) return rule;
      const { GroupId: groupId, SecurityGroupRuleId: ruleId } = rule.value;
      if (groupId === undefined) {
        return ruleProblem('missing', 'GroupId', undefined, 'is missing; give what the AWS CLI prints');
      }
      if (ruleId !== undefined && ids.has(ruleId)) {
        return ruleProblem('duplicate', 'SecurityGroupRuleId', ruleId, 'is there twice; give each rule once');
      }
      if (ruleId !== undefined) ids.add(ruleId);
      const group = groups.get(groupId);
      if (group === undefined) groups.set(groupId, [rule.value]);
      else group.push(rule.value);
      return success(undefined);
    },
    groups: () =>
      [...groups].map(([id, rules]) => ({ kind: 'security-group', id, name: id, tags: [], rules, prefixLists: {} })),
  };
}

/** One of what `aws ec2 describe-security-groups` prints. Its rules have no ids and no tags. */
export function parseSecurityGroup(fields: Fields): Result<SecurityGroup, RuleProblem> {
  const id = readText(fields, 'GroupId');
  if (!id.ok) return id;
  const name = readOptionalText(fields, 'GroupName');
  if (!name.ok) return name;
  const vpcId = readOptionalText(fields, 'VpcId');
  if (!vpcId.ok) return vpcId;
  const tags = parseTags(fields);
  if (!tags.ok) return tags;
  const ingress = readList(fields, 'IpPermissions', (permission) => parsePermission(permission, id.value, false));
  if (!ingress.ok) return ingress;
  const egress = readList(fields, 'IpPermissionsEgress', (permission) => parsePermission(permission, id.value, true));
  if (!egress.ok) return egress;
  return success({
    kind: 'security-group',
    id: id.value,
    name: name.value ?? id.value,
    ...(vpcId.value === undefined ? {} : { vpcId: vpcId.value }),
    tags: tags.value,
    rules: [...ingress.value.flat(), ...egress.value.flat()],
    prefixLists: {},
  });
}

/** One IpPermission is as many rules as it has sources. */
function parsePermission(fields: Fields, groupId: string, isEgress: boolean): Result<SecurityGroupRule[], RuleProblem> {
  const traffic = readTraffic(fields);
  if (!traffic.ok) return traffic;
  const shared = { GroupId: groupId, IsEgress: isEgress, ...traffic.value };
  const rules: SecurityGroupRule[] = [];
  for (const list of SOURCE_LISTS) {
    const sources = fields[list] ?? [];
    if (!Array.isArray(sources))
      return ruleProblem('wrong-type', list, sources, 'is not a list; give what the AWS CLI prints');
    for (let i = 0; i < sources.length; i++) {
      const source: unknown = sources[i];
      const rule = isFields(source) ? PARSE_SOURCE[list](source, shared) : notAnObject(source);
      if (!rule.ok) return within(`${list}[${String(i)}]`, rule.error);
      rules.push(rule.value);
    }
  }
  if (rules.length > 0) return success(rules);
  return ruleProblem(
    'source-count',
    '',
    undefined,
    `has no source; a permission has at least one of ${SOURCE_LISTS.join(', ')}`,
  );
}

const SOURCE_LISTS = ['IpRanges', 'Ipv6Ranges', 'PrefixListIds', 'UserIdGroupPairs'] as const;

type Traffic = Pick<SecurityGroupRule, 'GroupId' | 'IsEgress' | 'IpProtocol' | 'FromPort' | 'ToPort'>;

type ParseSource = (source: Fields, traffic: Traffic) => Result<SecurityGroupRule, RuleProblem>;

/**
 * By the list that a source is in. Sources are what a large file consists of: fields are read and written by their
 * names.
 */
const PARSE_SOURCE: Readonly<Record<(typeof SOURCE_LISTS)[number], ParseSource>> = {
  IpRanges: ({ CidrIp: cidr, Description: description }, traffic) => {
    if (typeof cidr !== 'string') return notAText('CidrIp', cidr);
    const checked = checkCidr(cidr, 'ipv4', 'CidrIp');
    if (!checked.ok) return checked;
    const rule = ruleOf(traffic);
    rule.CidrIpv4 = cidr;
    return described(rule, description);
  },
  Ipv6Ranges: ({ CidrIpv6: cidr, Description: description }, traffic) => {
    if (typeof cidr !== 'string') return notAText('CidrIpv6', cidr);
    const checked = checkCidr(cidr, 'ipv6', 'CidrIpv6');
    if (!checked.ok) return checked;
    const rule = ruleOf(traffic);
    rule.CidrIpv6 = cidr;
    return described(rule, description);
  },
  PrefixListIds: ({ PrefixListId: list, Description: description }, traffic) => {
    if (typeof list !== 'string') return notAText('PrefixListId', list);
    const checked = checkPrefixListId(list);
    if (!checked.ok) return checked;
    const rule = ruleOf(traffic);
    rule.PrefixListId = list;
    return described(rule, description);
  },
  UserIdGroupPairs: (pair, traffic) => {
    const reference = parseReferencedGroup(pair);
    if (!reference.ok) return reference;
    const rule = ruleOf(traffic);
    rule.ReferencedGroupInfo = reference.value;
    return described(rule, pair['Description']);
  },
};

type Draft = { -readonly [Name in keyof SecurityGroupRule]: SecurityGroupRule[Name] };

function ruleOf(traffic: Traffic): Draft {
  const rule: Draft = { IsEgress: traffic.IsEgress, IpProtocol: traffic.IpProtocol };
  if (traffic.GroupId !== undefined) rule.GroupId = traffic.GroupId;
  if (traffic.FromPort !== undefined) rule.FromPort = traffic.FromPort;
  if (traffic.ToPort !== undefined) rule.ToPort = traffic.ToPort;
  return rule;
}

function described(rule: Draft, description: unknown): Result<SecurityGroupRule, RuleProblem> {
  if (description === undefined || description === null) return success(rule);
  if (typeof description !== 'string') return notAText('Description', description);
  rule.Description = description;
  return success(rule);
}

function notAnObject(value: unknown): Result<never, RuleProblem> {
  return ruleProblem('wrong-type', '', value, 'is not an object; give what the AWS CLI prints');
}

function notAText(field: string, value: unknown): Result<never, RuleProblem> {
  if (value === undefined || value === null) {
    return ruleProblem('missing', field, undefined, 'is missing; give what the AWS CLI prints');
  }
  return ruleProblem('wrong-type', field, value, 'is not a text; write it in quotes');
}
