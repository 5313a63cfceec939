import type { NetworkAclEntry } from '../network/network-acl';
import type { SecurityGroupRule } from '../network/security-group-rule';
import { isNetworkAclStep } from './is-network-acl-step';
import type { Plan } from './plan';
import type { UndoPlan } from './plan-undo';

/** A plan of an undo as records keep plans: nothing violates, and what is left alone is for the reader to know. */
export function undoAsPlan({ steps, leftAlone, remaining }: UndoPlan, kind: 'security-group' | 'network-acl'): Plan {
  const words = { violations: [], ask: [], remarks: leftAlone };
  switch (kind) {
    case 'security-group':
      return {
        ...words,
        steps: steps.flatMap((step) => (isNetworkAclStep(step) ? [] : [step])),
        remaining: remaining.filter((rule): rule is SecurityGroupRule => !('RuleNumber' in rule)),
      };
    case 'network-acl':
      return {
        ...words,
        steps: steps.filter(isNetworkAclStep),
        remaining: remaining.filter((rule): rule is NetworkAclEntry => 'RuleNumber' in rule),
      };
  }
}
