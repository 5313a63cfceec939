import { success, type Result } from '../result';
import { parseSecurityGroupRule } from './parse-security-group-rule';
import { parseTags } from './parse-tags';
import { readList, readOptionalText, readText, type Fields } from './read-field';
import { ruleProblem, type RuleProblem } from './rule-problem';
import type { SecurityGroup, SecurityGroupRule } from './security-group-rule';

/** What `aws ec2 describe-security-group-rules` prints: rules of any number of groups, in any order. */
export function parseSecurityGroupRules(output: Fields): Result<SecurityGroup[], RuleProblem> {
  const rules = readList(output, 'SecurityGroupRules', parseSecurityGroupRule);
  if (!rules.ok) return rules;
  const groups = new Map<string, SecurityGroupRule[]>();
  const ids = new Set<string>();
  for (const [index, rule] of rules.value.entries()) {
    const { GroupId: groupId, SecurityGroupRuleId: ruleId } = rule;
    const at = `SecurityGroupRules[${String(index)}]`;
    if (groupId === undefined) {
      return ruleProblem('missing', `${at}.GroupId`, undefined, 'is missing; give what the AWS CLI prints');
    }
    if (ruleId !== undefined && ids.has(ruleId)) {
      return ruleProblem('duplicate', `${at}.SecurityGroupRuleId`, ruleId, 'is there twice; give each rule once');
    }
    if (ruleId !== undefined) ids.add(ruleId);
    const group = groups.get(groupId);
    if (group === undefined) groups.set(groupId, [rule]);
    else group.push(rule);
  }
  return success(
    [...groups].map(([id, ofGroup]) => ({
      kind: 'security-group',
      id,
      name: id,
      tags: [],
      rules: ofGroup,
      prefixLists: {},
    })),
  );
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

/** The lists of sources in an IpPermission, and each source as a SecurityGroupRule names it. */
const SOURCE_LISTS: readonly (readonly [list: string, toSource: (source: Fields) => Fields])[] = [
  ['IpRanges', ({ CidrIp }) => ({ CidrIpv4: CidrIp })],
  ['Ipv6Ranges', ({ CidrIpv6 }) => ({ CidrIpv6 })],
  ['PrefixListIds', ({ PrefixListId }) => ({ PrefixListId })],
  ['UserIdGroupPairs', (pair) => ({ ReferencedGroupInfo: pair })],
];

/** One IpPermission is as many rules as it has sources. */
function parsePermission(fields: Fields, groupId: string, isEgress: boolean): Result<SecurityGroupRule[], RuleProblem> {
  const { IpProtocol, FromPort, ToPort } = fields;
  const traffic = { GroupId: groupId, IsEgress: isEgress, IpProtocol, FromPort, ToPort };
  const rules: SecurityGroupRule[] = [];
  for (const [list, toSource] of SOURCE_LISTS) {
    const ofList = readList(fields, list, (source) =>
      parseSecurityGroupRule({ ...traffic, Description: source['Description'], ...toSource(source) }),
    );
    if (!ofList.ok) return ofList;
    rules.push(...ofList.value);
  }
  if (rules.length > 0) return success(rules);
  return ruleProblem(
    'source-count',
    '',
    undefined,
    `has no source; a permission has at least one of ${SOURCE_LISTS.map(([list]) => list).join(', ')}`,
  );
}
