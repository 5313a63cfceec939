import { success, type Result } from '../result';
import { checkCidr } from './check-cidr';
import { checkTraffic } from './check-ports';
import { parseTags } from './parse-tags';
import { isFields, readBoolean, readOptionalInteger, readOptionalText, readText, type Fields } from './read-field';
import { ruleProblem, within, type RuleProblem } from './rule-problem';
import type { ReferencedGroup, SecurityGroupRule } from './security-group-rule';

type Draft = { -readonly [Name in keyof SecurityGroupRule]: SecurityGroupRule[Name] };

const TRAFFIC_FIELDS = { protocol: 'IpProtocol', from: 'FromPort', to: 'ToPort' };
const SOURCE_FIELDS = ['CidrIpv4', 'CidrIpv6', 'PrefixListId', 'ReferencedGroupInfo'] as const;
const TEXT_FIELDS = ['SecurityGroupRuleId', 'GroupId', 'CidrIpv4', 'CidrIpv6', 'PrefixListId', 'Description'] as const;
const REFERENCE_FIELDS = ['GroupId', 'UserId', 'VpcId', 'PeeringStatus', 'VpcPeeringConnectionId'] as const;

/**
 * One element of `SecurityGroupRules` as the EC2 API and the AWS CLI have it; fields that we do not know are left out.
 */
export function parseSecurityGroupRule(fields: Fields): Result<SecurityGroupRule, RuleProblem> {
  const isEgress = readBoolean(fields, 'IsEgress');
  if (!isEgress.ok) return isEgress;
  const traffic = readTraffic(fields);
  if (!traffic.ok) return traffic;
  const rule: Draft = { IsEgress: isEgress.value, ...traffic.value };
  for (const name of TEXT_FIELDS) {
    const text = readOptionalText(fields, name);
    if (!text.ok) return text;
    if (text.value !== undefined) rule[name] = text.value;
  }
  const source = readSource(fields, rule);
  if (!source.ok) return source;
  if (fields['Tags'] !== undefined) {
    const tags = parseTags(fields);
    if (!tags.ok) return tags;
    rule.Tags = tags.value;
  }
  return success(rule);
}

/** Protocol and ports, which a rule and an IpPermission have alike. */
export function readTraffic(
  fields: Fields,
): Result<Pick<SecurityGroupRule, 'IpProtocol' | 'FromPort' | 'ToPort'>, RuleProblem> {
  const protocol = readText(fields, 'IpProtocol');
  if (!protocol.ok) return protocol;
  const from = readOptionalInteger(fields, 'FromPort');
  if (!from.ok) return from;
  const to = readOptionalInteger(fields, 'ToPort');
  if (!to.ok) return to;
  const checked = checkTraffic(protocol.value, { from: from.value, to: to.value }, TRAFFIC_FIELDS);
  if (!checked.ok) return checked;
  return success({
    IpProtocol: protocol.value,
    ...(from.value === undefined ? {} : { FromPort: from.value }),
    ...(to.value === undefined ? {} : { ToPort: to.value }),
  });
}

function readSource(fields: Fields, rule: Draft): Result<undefined, RuleProblem> {
  const given = SOURCE_FIELDS.filter((name) => fields[name] !== undefined && fields[name] !== null);
  if (given.length !== 1) {
    const found = given.length === 0 ? 'has no source' : `has ${String(given.length)} sources (${given.join(', ')})`;
    return ruleProblem(
      'source-count',
      '',
      undefined,
      `${found}; a rule has exactly one of ${SOURCE_FIELDS.join(', ')}`,
    );
  }
  if (rule.CidrIpv4 !== undefined) return checkCidr(rule.CidrIpv4, 'ipv4', 'CidrIpv4');
  if (rule.CidrIpv6 !== undefined) return checkCidr(rule.CidrIpv6, 'ipv6', 'CidrIpv6');
  if (rule.PrefixListId !== undefined) return checkPrefixListId(rule.PrefixListId);
  const reference = parseReferencedGroup(fields['ReferencedGroupInfo']);
  if (!reference.ok) return within('ReferencedGroupInfo', reference.error);
  rule.ReferencedGroupInfo = reference.value;
  return success(undefined);
}

/** Contents of lists are looked up by it. */
export function checkPrefixListId(id: string): Result<undefined, RuleProblem> {
  if (id.startsWith('pl-')) return success(undefined);
  return ruleProblem(
    'bad-prefix-list',
    'PrefixListId',
    id,
    'is not the id of a prefix list; give what the AWS CLI prints',
  );
}

/** Reads EC2's `ReferencedGroupInfo`; the problem names the field. */
export function parseReferencedGroup(value: unknown): Result<ReferencedGroup, RuleProblem> {
  if (!isFields(value)) return ruleProblem('wrong-type', '', value, 'is not an object; give what the AWS CLI prints');
  const reference: { -readonly [Name in keyof ReferencedGroup]: ReferencedGroup[Name] } = {};
  for (const name of REFERENCE_FIELDS) {
    const text = readOptionalText(value, name);
    if (!text.ok) return text;
    if (text.value !== undefined) reference[name] = text.value;
  }
  return success(reference);
}
