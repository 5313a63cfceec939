import type { RemediationRecord, RunbookRunRecord } from '../ledger/remediation-record';
import type { NetworkAclEntry } from '../network/network-acl';
import { entryKey, renderEntry } from '../network/network-acl-entry';
import { renderTraffic } from '../network/rule-ports';
import { sourceOf } from '../network/rule-source';
import type { SecurityGroupRule } from '../network/security-group-rule';
import { isNetworkAclStep } from '../planning/network-acls/is-network-acl-step';
import type { NetworkAclStep } from '../planning/plan';

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
  const changes = record.runs.filter(({ end }) => end === 'effect-seen').map((run) => changesOf(run, record));
  return {
    removed: changes.flatMap(({ removed }) => removed),
    added: changes.flatMap(({ added }) => added),
  };
}

function changesOf({ step, replaced }: RunbookRunRecord, { before }: Pick<RemediationRecord, 'before'>): ChangedRules {
  if (!isNetworkAclStep(step)) {
    const rules = step.rules.map(ofRule);
    return step.call.startsWith('Revoke') ? { removed: rules, added: [] } : { removed: [], added: rules };
  }
  const [entry] = step.rules;
  switch (step.call) {
    case 'CreateNetworkAclEntry':
      return { removed: [], added: [ofEntry(entry)] };
    case 'DeleteNetworkAclEntry':
      return { removed: [ofEntry(entry)], added: [] };
    case 'ReplaceNetworkAclEntry': {
      const old = replaced ?? entryAt(step, before);
      return { removed: old ? [ofEntry(old)] : [], added: [ofEntry(entry)] };
    }
  }
}

/** Records of earlier versions do not say what a replacement replaced: what stood there before the first plan. */
function entryAt({ rules: [entry] }: NetworkAclStep, before: RemediationRecord['before']): NetworkAclEntry | undefined {
  if (before?.kind !== 'network-acl') return undefined;
  return before.entries.find((one) => entryKey(one) === entryKey(entry));
}

function ofRule(rule: SecurityGroupRule): ChangedRule {
  const words = `${renderTraffic(rule)} ${rule.IsEgress ? 'to' : 'from'} ${sourceOf(rule)}`;
  return { words, ruleId: rule.SecurityGroupRuleId };
}

function ofEntry(entry: NetworkAclEntry): ChangedRule {
  return { words: renderEntry(entry), ruleId: undefined };
}
