import { trafficKey } from '../network/rule-ports';
import type { SecurityGroupRule, Tag } from '../network/security-group-rule';
import type { PlanStep } from './plan';

/** SSM takes at most 50 values a runbook parameter: https://docs.aws.amazon.com/general/latest/gr/ssm.html */
const RULES_PER_STEP = 50;

/** Authorizing comes first and revoking last, so that what stays reachable is reachable at every moment in between. */
export function toSteps(
  authorized: readonly SecurityGroupRule[],
  revoked: readonly SecurityGroupRule[],
): readonly PlanStep[] {
  return [
    // One call gives all its rules the same tags.
    ...groupedBy(authorized, (rule) => `${trafficKey(rule)} ${tagsKey(rule.Tags ?? [])}`).map((rules): PlanStep => ({
      call: 'AuthorizeSecurityGroupIngress',
      rules,
    })),
    ...groupedBy(revoked, trafficKey).map((rules): PlanStep => ({ call: 'RevokeSecurityGroupIngress', rules })),
  ];
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
