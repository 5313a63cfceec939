import { groupsChanged } from '../isolation/describe-isolation';
import type { RecordedIsolation } from '../isolation/isolation';
import { changesMade } from '../ledger/changes-made';
import type { RemediationRecord } from '../ledger/remediation-record';
import { isEntry, renderEntry } from '../network/network-acl-entry';
import { renderTraffic } from '../network/rule-ports';
import { sourceOf } from '../network/rule-source';
import type { StepChange } from '../planning/step-changes';
import { wordChange, type WordedChange } from '../planning/word-change';

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
  /** The same, one change after the other, in the words of notes and of `show`. */
  readonly changes: readonly WordedChange[];
}

/** What the runs of a remediation changed, as far as the rules showed it afterwards. */
export function changedRulesOf(record: Pick<RemediationRecord, 'runs' | 'before' | 'isolation'>): ChangedRules {
  if (record.isolation !== undefined) return changedGroupsOf(record.isolation);
  const changes = changesMade(record);
  return {
    removed: changes.flatMap(({ effect, rule, replaced }) => {
      if (effect === 'removes') return [toChangedRule(rule)];
      return replaced === undefined ? [] : [toChangedRule(replaced)];
    }),
    changes: changes.map(wordChange),
    added: changes.filter(({ effect }) => effect !== 'removes').map(({ rule }) => toChangedRule(rule)),
  };
}

/** Of an isolation and its undo: groups of interfaces, `sg-1, sg-2 on eni-1`. */
function changedGroupsOf(isolation: RecordedIsolation): ChangedRules {
  const { taken, given } = groupsChanged(isolation);
  const toChanged = (words: string): ChangedRule => ({ words, ruleId: undefined });
  return { removed: taken.map(toChanged), added: given.map(toChanged), changes: [] };
}

function toChangedRule(rule: StepChange['rule']): ChangedRule {
  if (isEntry(rule)) return { words: renderEntry(rule), ruleId: undefined };
  const words = `${renderTraffic(rule)} ${rule.IsEgress ? 'to' : 'from'} ${sourceOf(rule)}`;
  return { words, ruleId: rule.SecurityGroupRuleId };
}
