import { permissionKey } from '../network/rule-source';
import type { SecurityGroupRule } from '../network/security-group-rule';
import { REMEDIATION_TAG } from '../planning/undo/undo-rules';
import type { Grant } from './grant';

/** How what a grant opened stands on its security group. */
export type GrantedNow =
  /** There, and as it was opened. */
  | { readonly kind: 'ours'; readonly rule: SecurityGroupRule }
  /** EC2 has it under its id, with another permission: somebody changed it. */
  | { readonly kind: 'changed'; readonly rule: SecurityGroupRule }
  /** Another rule lets in the same: there before, or made since. */
  | { readonly kind: 'of-others'; readonly rule: SecurityGroupRule }
  | { readonly kind: 'gone' };

/**
 * Looks for the rule that a grant opened. It is known by its id, or, where that was never seen, or an undo has put the
 * rule back, by the tag with the remediation that opened it. EC2 gives an id to one rule only, and a changed rule keeps
 * it. https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export function findGranted(
  { rule, ruleId, openedBy }: Pick<Grant, 'rule' | 'ruleId' | 'openedBy'>,
  rules: readonly SecurityGroupRule[],
): GrantedNow {
  const isTagged = ({ Tags = [] }: SecurityGroupRule): boolean =>
    Tags.some(({ Key, Value }) => Key === REMEDIATION_TAG && Value === openedBy);
  const named = ruleId === undefined ? undefined : rules.find((each) => each.SecurityGroupRuleId === ruleId);
  const own = named ?? rules.find(isTagged);
  if (own !== undefined) return { kind: permissionKey(own) === permissionKey(rule) ? 'ours' : 'changed', rule: own };
  const same = rules.find((each) => permissionKey(each) === permissionKey(rule));
  return same === undefined ? { kind: 'gone' } : { kind: 'of-others', rule: same };
}
