import type { ResourceRule } from '../ledger/remediation-record';
import type { Resource } from '../resource';
import type { Violation } from './plan';

/**
 * The rule or entry that a violation is about, of the resource that it was found in; undefined when that has none such.
 */
export function violatingRule(violation: Violation, resource: Resource): ResourceRule | undefined {
  if ('ruleId' in violation) {
    return resource.kind === 'security-group'
      ? resource.rules.find(({ SecurityGroupRuleId }) => SecurityGroupRuleId === violation.ruleId)
      : undefined;
  }
  return resource.kind === 'network-acl'
    ? resource.entries.find(({ Egress, RuleNumber }) => !Egress && RuleNumber === violation.ruleNumber)
    : undefined;
}
