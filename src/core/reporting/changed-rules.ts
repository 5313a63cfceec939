import { changesMade } from '../ledger/changes-made';
import type { RemediationRecord } from '../ledger/remediation-record';
import { isEntry, renderEntry } from '../network/network-acl-entry';
import { renderTraffic } from '../network/rule-ports';
import { sourceOf } from '../network/rule-source';
import type { StepChange } from '../planning/step-changes';

/** A rule of a security group or an entry of a network ACL that was seen to come or go. */
export interface ChangedRule {
  /** `tcp 22 from 0.0.0.0/0`, `entry 100 tcp 0-21 from 0.0.0.0/0` */
  readonly words: string;
  /** Of rules that had one. */
  readonly ruleId: string | undefined;
}

export interface ChangedRules {
  readonly removed: readonly ChangedRule[];
  readonly added: readonly ChangedRule[];
}

/** What the runs of a remediation changed, as far as the rules showed it afterwards. */
export function changedRulesOf(record: Pick<RemediationRecord, 'runs' | 'before'>): ChangedRules {
  const changes = changesMade(record);
  return {
    removed: changes.flatMap(({ effect, rule, replaced }) => {
      if (effect === 'removes') return [toChangedRule(rule)];
      return replaced === undefined ? [] : [toChangedRule(replaced)];
    }),
    added: changes.filter(({ effect }) => effect !== 'removes').map(({ rule }) => toChangedRule(rule)),
  };
}

function toChangedRule(rule: StepChange['rule']): ChangedRule {
  if (isEntry(rule)) return { words: renderEntry(rule), ruleId: undefined };
  const words = `${renderTraffic(rule)} ${rule.IsEgress ? 'to' : 'from'} ${sourceOf(rule)}`;
  return { words, ruleId: rule.SecurityGroupRuleId };
}
