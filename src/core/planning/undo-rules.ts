import { permissionKey, renderRule, sourceOf } from '../network/rule-source';
import { portsOf } from '../network/rule-ports';
import { subtractPorts } from '../network/port-set';
import { canonicalProtocol } from '../network/protocol';
import type { SecurityGroup, SecurityGroupRule } from '../network/security-group-rule';
import type { SecurityGroupStep } from './plan';
import { toSteps } from './plan-steps';
import type { UndoPlan } from './plan-undo';

/** On every rule that a remediation creates: only what carries it is ours to take away. */
export const REMEDIATION_TAG = 'portcullis:remediation';

/** Puts back what the steps revoked and takes away what they added, as far as nobody touched it since. */
export function undoRules(steps: readonly SecurityGroupStep[], current: SecurityGroup): UndoPlan {
  const revoked = rulesOf(steps, 'Revoke');
  const added = rulesOf(steps, 'Authorize');
  const present = new Map(current.rules.map((rule) => [permissionKey(rule), rule]));
  const leftAlone: string[] = [];

  const restored: SecurityGroupRule[] = [];
  const abandoned = new Set<SecurityGroupRule>();
  for (const rule of revoked) {
    if (present.has(permissionKey(rule))) continue;
    const closedSince = added.find((part) => isPartOf(part, rule) && !present.has(permissionKey(part)));
    if (closedSince === undefined) restored.push(withoutId(rule));
    else {
      abandoned.add(rule);
      leftAlone.push(
        `${renderRule(withoutId(rule))} stays closed: ${renderRule(closedSince)}, a part of it, was closed since.`,
      );
    }
  }

  const removed: SecurityGroupRule[] = [];
  for (const rule of added) {
    const there = present.get(permissionKey(rule));
    // What stands in for a rule that does not come back has to stay.
    if (there === undefined || [...abandoned].some((whole) => isPartOf(rule, whole))) continue;
    if (isStillOurs(there, rule)) removed.push(there);
    else leftAlone.push(`${renderRule(there)} stays: it was changed or made again by somebody else since.`);
  }

  const gone = new Set(removed);
  return {
    steps: toSteps(restored, removed),
    leftAlone,
    remaining: [...current.rules.filter((rule) => !gone.has(rule)), ...restored],
  };
}

function rulesOf(steps: readonly SecurityGroupStep[], verb: 'Revoke' | 'Authorize'): readonly SecurityGroupRule[] {
  const rules = steps.filter(({ call }) => call.startsWith(verb)).flatMap((step) => step.rules);
  return [...new Map(rules.map((rule) => [permissionKey(rule), rule])).values()];
}

/** Whether all that `part` lets through, `whole` lets through too. */
function isPartOf(part: SecurityGroupRule, whole: SecurityGroupRule): boolean {
  if (part.IsEgress !== whole.IsEgress || sourceOf(part) !== sourceOf(whole)) return false;
  if (canonicalProtocol(whole.IpProtocol) === '-1') return true;
  return (
    canonicalProtocol(part.IpProtocol) === canonicalProtocol(whole.IpProtocol) &&
    (['tcp', 'udp'] as const).every(
      (protocol) => subtractPorts(portsOf(part, protocol), portsOf(whole, protocol)).length === 0,
    )
  );
}

/** Ours by its tag, and nobody has described it anew. */
function isStillOurs(there: SecurityGroupRule, added: SecurityGroupRule): boolean {
  const tagged = there.Tags?.some(({ Key }) => Key === REMEDIATION_TAG) ?? false;
  return tagged && (there.Description ?? '') === (added.Description ?? '');
}

function withoutId({ SecurityGroupRuleId: _id, ...rule }: SecurityGroupRule): SecurityGroupRule {
  return rule;
}
