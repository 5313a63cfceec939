import { mayHaveTakenEffect } from '../../ledger/may-have-taken-effect';
import type { RunbookRunRecord } from '../../ledger/remediation-record';
import { isSameEntry, renderEntry } from '../../network/network-acl-entry';
import { mayShareReach } from '../../network/rule-reach';
import { permissionKey, renderRule } from '../../network/rule-source';
import type { NetworkAcl } from '../../network/network-acl';
import type { SecurityGroup } from '../../network/security-group-rule';
import type { LeftAloneReason } from '../../reasons/undo-reasons';
import type { Resource } from '../../resource';
import { CALLS } from '../calls';
import { isNetworkAclStep } from '../network-acls/is-network-acl-step';
import type { NetworkAclStep, Plan, PlanStep, SecurityGroupStep } from '../plan';
import { toSteps } from '../plan-steps';
import { afterStep } from '../step-changes';
import { withoutTakenBack } from './own-additions';
import { rewritesOf, standsForNothing, toEntryRun } from './undo-entries';
import { isStillOurs } from './undo-rules';

export interface TakingBack {
  readonly steps: readonly PlanStep[];
  /** What stays though what it was for is gone. */
  readonly leftAlone: readonly LeftAloneReason[];
}

export interface ToTakeBack {
  readonly remediationId: string;
  /** What the closing ran so far, in order. */
  readonly runs: readonly RunbookRunRecord[];
  /** The target as the closing found it: it knows what prefix lists held. */
  readonly before: Resource | undefined;
  readonly current: Resource;
}

/**
 * What a closing authorized to stand in for a rule that it then did not take away, because somebody changed it first:
 * the reason for it is gone, and it would stay open for good. Only what is exactly as the closing made it goes.
 */
export function planTakingBack({ remediationId, runs, before, current }: ToTakeBack): TakingBack {
  const net = withoutTakenBack(runs).filter(mayHaveTakenEffect);
  if (current.kind === 'network-acl') return takeBackEntries(net, before, current);
  const ofGroup = net.flatMap(({ step, end }) => (isNetworkAclStep(step) ? [] : [{ step, ...(end && { end }) }]));
  return takeBackRules(ofGroup, { remediationId, before, current });
}

function takeBackRules(
  runs: readonly { readonly step: SecurityGroupStep; readonly end?: RunbookRunRecord['end'] }[],
  {
    remediationId,
    before,
    current,
  }: Pick<ToTakeBack, 'remediationId' | 'before'> & { readonly current: SecurityGroup },
): TakingBack {
  const lists = { ...(before?.kind === 'security-group' ? before.prefixLists : {}), ...current.prefixLists };
  const ids = new Set(current.rules.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId));
  const added = runs.filter(({ step }) => CALLS[step.call].effect === 'adds').flatMap(({ step }) => step.rules);
  const taken = runs
    .filter(({ step }) => CALLS[step.call].effect === 'removes')
    .flatMap(({ step, end }) => step.rules.map((rule) => ({ rule, isSeen: end === 'effect-seen' })))
    // EC2 never gives an id again: a rule that still has it was changed, not taken away.
    .filter(({ rule }) => rule.SecurityGroupRuleId === undefined || !ids.has(rule.SecurityGroupRuleId));
  const gone: SecurityGroup['rules'][number][] = [];
  const leftAlone: LeftAloneReason[] = [];
  for (const rule of added) {
    const there = current.rules.find((other) => permissionKey(other) === permissionKey(rule));
    if (there === undefined) continue;
    const reasons = taken.filter((other) => mayShareReach(other.rule, rule, lists));
    if (reasons.some(({ isSeen }) => isSeen)) continue;
    if (reasons.length > 0) {
      leftAlone.push({ code: 'replaced-rule-uncertain', rule: renderRule(there) });
    } else if (isStillOurs(there, rule, remediationId)) gone.push(there);
    else leftAlone.push({ code: 'changed-by-others', rule: renderRule(there), of: 'rule' });
  }
  return { steps: toSteps([], gone), leftAlone };
}

/**
 * Remainders are made before their entry is replaced: alone they stand where that did not come about.
 */
function takeBackEntries(
  runs: readonly RunbookRunRecord[],
  before: Resource | undefined,
  current: NetworkAcl,
): TakingBack {
  const all = runs.flatMap(toEntryRun);
  const steps: NetworkAclStep[] = [];
  const leftAlone: LeftAloneReason[] = [];
  for (const rewrite of rewritesOf(all)) {
    if (!standsForNothing(rewrite, all, before)) continue;
    for (const { step } of [...rewrite].reverse()) {
      const [entry] = step.rules;
      const there = current.entries.find(
        ({ RuleNumber, Egress }) => RuleNumber === entry.RuleNumber && Egress === entry.Egress,
      );
      if (there === undefined) continue;
      if (isSameEntry(there, entry)) steps.push({ call: 'DeleteNetworkAclEntry', rules: [entry] });
      else leftAlone.push({ code: 'changed-by-others', rule: renderEntry(there), of: 'entry' });
    }
  }
  return { steps, leftAlone };
}

/** As a plan, for the record and the certificate. */
export function takingBackAsPlan({ steps }: TakingBack, current: Resource): Plan {
  const after = steps.reduce(afterStep, current);
  const nothing = { violations: [], ask: [], askReasons: [], remarks: [], remarkReasons: [] };
  return after.kind === 'security-group'
    ? { ...nothing, steps: steps.filter((step) => !isNetworkAclStep(step)), remaining: after.rules }
    : { ...nothing, steps: steps.filter(isNetworkAclStep), remaining: after.entries };
}
