import { isEntry } from '../network/network-acl-entry';
import { REMEDIATION_TAG } from '../planning/undo/undo-rules';
import { mayShareReach } from '../network/rule-reach';
import { permissionKey } from '../network/rule-source';
import type { SecurityGroup, SecurityGroupRule } from '../network/security-group-rule';
import { changesOfStep } from '../planning/step-changes';
import type { Resource } from '../resource';
import { mayHaveTakenEffect } from './may-have-taken-effect';
import type { RemediationRecord, ResourceRule } from './remediation-record';
import { rulesOf } from './rules-of';
import { runsToUndo } from './runs-to-undo';

/**
 * What later remediations of the target found or left open, whoever had opened it: what of it is closed now was closed
 * since, by one of them or by somebody's hand, and is not for an undo of the earlier closing to re-open. A rule of a
 * group that has no part in what the closing revoked is not in it, and descriptions are left out: it is kept as the
 * result of a step, which has little room.
 *
 * @param ofTarget all remediations of the target, in any order
 */
export function seenOpenLater(
  closing: RemediationRecord,
  ofTarget: readonly RemediationRecord[],
): readonly ResourceRule[] {
  const revoked = runsToUndo(closing)
    .filter(mayHaveTakenEffect)
    .flatMap(({ step }) => changesOfStep(step))
    .flatMap(({ effect, rule }) => (effect === 'removes' && !isEntry(rule) ? [rule] : []));
  const prefixLists = prefixListsOf(closing.before);
  const grants = new Set(ofTarget.flatMap(({ grant }) => grant?.openedBy ?? []));
  const seen = ofTarget
    .filter(({ startedAt }) => startedAt > closing.startedAt)
    .flatMap(({ before, beforeLatestPlan, after = [] }) => [
      ...[before, beforeLatestPlan].flatMap((resource) => (resource === undefined ? [] : rulesOf(resource))),
      ...after,
    ]);
  // Later remediations have mostly seen the same: once each, before the reach of any is compared.
  const once = new Map(seen.map((rule) => [isEntry(rule) ? JSON.stringify(rule) : permissionKey(rule), rule]));
  return [...once.values()].flatMap((rule): readonly ResourceRule[] => {
    if (isEntry(rule)) return rule.RuleAction === 'allow' ? [rule] : [];
    // What was granted for a while was never meant to stay: its end closes nothing that the closing had taken.
    if (isGranted(rule, grants)) return [];
    return revoked.some((other) => mayShareReach(rule, other, prefixLists)) ? [reachOf(rule)] : [];
  });
}

function isGranted({ Tags = [] }: SecurityGroupRule, grants: ReadonlySet<string>): boolean {
  return Tags.some(({ Key, Value }) => Key === REMEDIATION_TAG && grants.has(Value));
}

function prefixListsOf(resource: Resource | undefined): SecurityGroup['prefixLists'] {
  return resource?.kind === 'security-group' ? resource.prefixLists : {};
}

function reachOf(rule: SecurityGroupRule): SecurityGroupRule {
  const { SecurityGroupRuleId: _id, Description: _description, Tags: _tags, ...reach } = rule;
  return reach;
}
