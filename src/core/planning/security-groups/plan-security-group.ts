import type { RequestedControl } from '../../controls/control-id';
import { isDefaultGroup } from '../../network/default-group';
import { permissionKey } from '../../network/rule-source';
import type { SecurityGroup, SecurityGroupRule } from '../../network/security-group-rule';
import { describeViolation } from '../describe-violation';
import { findViolations } from './find-violations';
import { remarksOn } from '../objecting-controls';
import type { SecurityGroupPlan } from '../plan';
import { planInWords } from '../plan-in-words';
import { planEmptying } from './plan-emptying';
import type { PlanPolicy } from '../plan-policy';
import { toSteps } from '../plan-steps';
import { toProhibitions, type Prohibitions } from '../prohibition';
import { planReplacements, type Replacement } from './plan-replacements';
import { quotaProblem } from './rule-quota';
import { mayBeOpen } from '../source-block';

export interface SecurityGroupRequest {
  readonly group: SecurityGroup;
  readonly controls: readonly RequestedControl[];
  readonly policy: PlanPolicy;
}

/**
 * Where one violating rule needs a person's decision, or the quota is short, nothing is planned and `ask` says why.
 * Beside a control that says nothing about the group, or a prefix list that could not be read, the rest is planned.
 */
export function planSecurityGroup({ group, controls, policy }: SecurityGroupRequest): SecurityGroupPlan {
  const prohibitions = toProhibitions(controls);
  if (prohibitions.anyRule.length === 0 && !mayBeOpen(group)) return nothingToDo(group, prohibitions);
  const { violations, unclear } = findViolations(group, prohibitions);
  const described = violations.map((violation) => describeViolation(violation, prohibitions));
  const ask = [...prohibitions.notCovered, ...prohibitions.unreadable, ...unclear];
  if (prohibitions.anyRule.length > 0 && isDefaultGroup(group) !== false) {
    const emptying = planEmptying(group, prohibitions.anyRule);
    return planInWords({ ...emptying, violations: described, ask: [...ask, ...emptying.ask] });
  }

  let replacements: readonly Replacement[] = [];
  // Where a parameter is not understood, planning with the other controls could close what it keeps open.
  if (prohibitions.unreadable.length === 0) {
    const planned = planReplacements({ group, violations, prohibitions, controls, policy });
    ask.push(...planned.ask);
    replacements = planned.replacements;
  }
  let authorized = missingRules(group, replacements);
  const overQuota = quotaProblem(group, authorized, policy.ruleQuota);
  if (overQuota !== undefined) {
    ask.push(overQuota);
    // Nothing at all, not even what needs no room: a plan that makes room for its own second half is two plans.
    replacements = [];
    authorized = [];
  }

  const revoked = replacements.map(({ rule }) => rule);
  const remaining = [...without(group.rules, revoked), ...authorized];
  return planInWords({
    violations: described,
    steps: toSteps(authorized, revoked),
    remaining,
    ask,
    remarks: remarksOn({ ...group, rules: remaining }, controls),
  });
}

/** Nearly every group of an account: of its sources none is the internet, whatever the ports. */
function nothingToDo({ rules }: SecurityGroup, { notCovered, unreadable }: Prohibitions): SecurityGroupPlan {
  return planInWords({ violations: [], steps: [], remaining: rules, ask: [...notCovered, ...unreadable], remarks: [] });
}

/** The replacements that have to be authorized: EC2 refuses a second rule with the same traffic and source. */
function missingRules(group: SecurityGroup, replacements: readonly Replacement[]): readonly SecurityGroupRule[] {
  const wanted = replacements.flatMap(({ by }) => by);
  if (wanted.length === 0) return [];
  const staying = without(
    group.rules,
    replacements.map(({ rule }) => rule),
  );
  const present = new Set(staying.map(permissionKey));
  const missing = new Map<string, SecurityGroupRule>();
  for (const rule of wanted) {
    const key = permissionKey(rule);
    if (!present.has(key) && !missing.has(key)) missing.set(key, rule);
  }
  return [...missing.values()];
}

function without(
  rules: readonly SecurityGroupRule[],
  taken: readonly SecurityGroupRule[],
): readonly SecurityGroupRule[] {
  if (taken.length === 0) return rules;
  const gone = new Set(taken);
  return rules.filter((rule) => !gone.has(rule));
}
