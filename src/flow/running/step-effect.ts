import { entryKey, isSameEntry } from '../../core/network/network-acl-entry';
import { permissionKey } from '../../core/network/rule-source';
import type { NetworkAclEntry } from '../../core/network/network-acl';
import type { SecurityGroupRule } from '../../core/network/security-group-rule';
import { CALLS } from '../../core/planning/calls';
import { isNetworkAclStep } from '../../core/planning/network-acls/is-network-acl-step';
import type { NetworkAclStep, PlanStep, SecurityGroupStep } from '../../core/planning/plan';
import type { Resource } from '../../core/resource';

/** Whether the resource shows what the step was to do: what it adds is there, what it takes away is gone. */
export function hasTakenEffect(step: PlanStep, resource: Resource): boolean {
  if (isNetworkAclStep(step)) return resource.kind === 'network-acl' && showsEntry(step, resource.entries);
  return resource.kind === 'security-group' && showRules(step, resource.rules);
}

/** Rules are compared by their exact permission, as EC2 does, never by id: a new rule's id is not known beforehand. */
function showRules(step: SecurityGroupStep, rules: readonly SecurityGroupRule[]): boolean {
  const present = new Set(rules.map(permissionKey));
  const isThere = (rule: SecurityGroupRule): boolean => present.has(permissionKey(rule));
  return CALLS[step.call].effect === 'removes' ? !step.rules.some(isThere) : step.rules.every(isThere);
}

function showsEntry({ call, rules: [entry] }: NetworkAclStep, entries: readonly NetworkAclEntry[]): boolean {
  const present = entries.find((each) => entryKey(each) === entryKey(entry));
  if (CALLS[call].effect === 'removes') return present === undefined;
  return present !== undefined && isSameEntry(present, entry);
}

/**
 * Whether somebody changed a rule that the step takes away: it keeps its id, but not its permission. EC2 then revokes
 * nothing of it, and in a default VPC says so with success.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html
 */
export function hasBeenChanged(step: PlanStep, resource: Resource): boolean {
  if (isNetworkAclStep(step) || resource.kind !== 'security-group') return false;
  if (CALLS[step.call].effect !== 'removes') return false;
  return isAnotherNow(step.rules, resource.rules);
}

function isAnotherNow(revoked: readonly SecurityGroupRule[], rules: readonly SecurityGroupRule[]): boolean {
  const permissions = new Map(revoked.map((rule) => [rule.SecurityGroupRuleId, permissionKey(rule)]));
  permissions.delete(undefined);
  return rules.some((rule) => {
    const before = permissions.get(rule.SecurityGroupRuleId);
    return before !== undefined && before !== permissionKey(rule);
  });
}
