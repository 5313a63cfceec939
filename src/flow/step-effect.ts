import { permissionKey } from '../core/network/rule-source';
import type { SecurityGroupRule } from '../core/network/security-group-rule';
import type { PlanStep } from '../core/planning/plan';

/**
 * Whether the rules show what the step was to do: what it authorizes is there, what it revokes is gone. Rules are
 * compared by their exact permission, as EC2 does, never by id: an authorized rule's id is not known beforehand.
 */
export function hasTakenEffect(step: PlanStep, rules: readonly SecurityGroupRule[]): boolean {
  const present = new Set(rules.map(permissionKey));
  switch (step.call) {
    case 'AuthorizeSecurityGroupIngress':
      return step.rules.every((rule) => present.has(permissionKey(rule)));
    case 'RevokeSecurityGroupIngress':
      return !step.rules.some((rule) => present.has(permissionKey(rule)));
  }
}
