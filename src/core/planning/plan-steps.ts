import { trafficKey } from '../network/rule-ports';
import type { SecurityGroupRule, Tag } from '../network/security-group-rule';
import type { SecurityGroupStep } from './plan';

/** SSM takes at most 50 values a runbook parameter: https://docs.aws.amazon.com/general/latest/gr/ssm.html */
const RULES_PER_STEP = 50;

/**
 * Authorizing comes first and revoking last, so that what stays reachable is reachable at every moment in between; and
 * egress is revoked only after ingress.
 */
export function toSteps(
  authorized: readonly SecurityGroupRule[],
  revoked: readonly SecurityGroupRule[],
): readonly SecurityGroupStep[] {
  const ingress = (rules: readonly SecurityGroupRule[]) => rules.filter((rule) => !rule.IsEgress);
  const egress = (rules: readonly SecurityGroupRule[]) => rules.filter((rule) => rule.IsEgress);
  return [
    ...stepsOf('AuthorizeSecurityGroupIngress', ingress(authorized), trafficAndTags),
    ...stepsOf('AuthorizeSecurityGroupEgress', egress(authorized), trafficAndTags),
    ...stepsOf('RevokeSecurityGroupIngress', ingress(revoked), trafficKey),
    ...stepsOf('RevokeSecurityGroupEgress', egress(revoked), trafficKey),
  ];
}

/** One call gives all its rules the same tags. */
function trafficAndTags(rule: SecurityGroupRule): string {
  return `${trafficKey(rule)} ${tagsKey(rule.Tags ?? [])}`;
}

function stepsOf(
  call: SecurityGroupStep['call'],
  rules: readonly SecurityGroupRule[],
  keyOf: (rule: SecurityGroupRule) => string,
): readonly SecurityGroupStep[] {
  return groupedBy(rules, keyOf).map((group) => ({ call, rules: group }));
}

function groupedBy(
  rules: readonly SecurityGroupRule[],
  keyOf: (rule: SecurityGroupRule) => string,
): readonly (readonly SecurityGroupRule[])[] {
  const groups = new Map<string, SecurityGroupRule[]>();
  for (const rule of rules) {
    const key = keyOf(rule);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [rule]);
    else group.push(rule);
  }
  return [...groups.values()].flatMap(inChunks);
}

function inChunks(rules: readonly SecurityGroupRule[]): readonly (readonly SecurityGroupRule[])[] {
  const chunks = Math.ceil(rules.length / RULES_PER_STEP);
  return Array.from({ length: chunks }, (_, i) => rules.slice(i * RULES_PER_STEP, (i + 1) * RULES_PER_STEP));
}

function tagsKey(tags: readonly Tag[]): string {
  return JSON.stringify(tags.map(({ Key, Value }) => [Key, Value]).sort());
}
