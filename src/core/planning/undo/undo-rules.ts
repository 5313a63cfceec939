import type { GrantOver } from '../../grants/grant-over';
import { mayShareReach, reachesAllOf } from '../../network/rule-reach';
import { permissionKey, renderRule } from '../../network/rule-source';
import type { SecurityGroup, SecurityGroupRule, Tag } from '../../network/security-group-rule';
import { CALLS, type Call } from '../calls';
import type { LeftAloneReason } from '../../reasons/undo-reasons';
import type { SecurityGroupStep } from '../plan';
import { toSteps } from '../plan-steps';
import type { UndoPlan } from './undo-plan';
import { descriptionInRunbook, tagInRunbook } from '../runbook-text';

/**
 * On the rules that a closing creates, with the closing's id: what carries another, or none, is not ours to take away.
 */
export const REMEDIATION_TAG = 'portcullis:remediation';

/** AWS's own do not count: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
const MAX_TAGS = 50;

/**
 * A rule that carries over as many tags as a rule may have takes no more: an undo knows it by its text and all of them.
 */
export function hasRoomForRemediationTag(carriedOver: readonly Tag[] = []): boolean {
  return ownTags(carriedOver).length < MAX_TAGS;
}

export interface RulesToUndo {
  readonly before: SecurityGroup;
  readonly steps: readonly SecurityGroupStep[];
  readonly current: SecurityGroup;
  /** Of the closing that ran the steps. */
  readonly remediationId: string;
  /** What was open at some time after the closing. */
  readonly openLater: readonly SecurityGroupRule[];
  /** What these had opened stays closed: nobody would take it away any more. */
  readonly grantsOver: readonly GrantOver[];
}

/** Puts back what the steps revoked and takes away what they added, as far as nobody touched it since. */
export function undoRules({ before, steps, current, remediationId, openLater, grantsOver }: RulesToUndo): UndoPlan {
  const revoked = rulesOf(steps, 'removes');
  const added = rulesOf(steps, 'adds');
  const prefixLists = { ...before.prefixLists, ...current.prefixLists };
  const present = new Map(current.rules.map((rule) => [permissionKey(rule), rule]));
  const closedSince = [
    ...[...leftBy(before, revoked, added), ...openLater].filter(
      (rule) => !current.rules.some((now) => reachesAllOf(now, rule, prefixLists)),
    ),
    ...added.filter((rule) => isOfAnother(present.get(permissionKey(rule)), remediationId)),
  ];
  const leftAlone: LeftAloneReason[] = [];

  const restored: SecurityGroupRule[] = [];
  for (const rule of revoked) {
    if (present.has(permissionKey(rule))) continue;
    const over = grantsOver.find((grant) => isOpenedBy(grant, rule));
    if (over !== undefined) {
      leftAlone.push({ code: 'grant-is-over', rule: renderRule(withoutId(rule)), grant: over.grantId });
      continue;
    }
    const closed = closedSince.find((other) => mayShareReach(other, rule, prefixLists));
    if (closed === undefined) restored.push(withoutId(rule));
    else {
      const words = { rule: renderRule(withoutId(rule)), closed: renderRule(withoutId(closed)) };
      leftAlone.push({ code: 'would-reopen-closed', ...words });
    }
  }

  const addedKeys = new Set(added.map(permissionKey));
  const whole = [...current.rules.filter((rule) => !addedKeys.has(permissionKey(rule))), ...restored];
  const removed: SecurityGroupRule[] = [];
  for (const rule of added) {
    const there = present.get(permissionKey(rule));
    if (there === undefined) continue;
    if (!isStillOurs(there, rule, remediationId)) {
      leftAlone.push({ code: 'changed-by-others', rule: renderRule(there), of: 'rule' });
    } else if (whole.some((other) => reachesAllOf(other, rule, prefixLists))) removed.push(there);
    // What it was to stand in for was changed by somebody before it could be revoked: nothing is left that asks for it.
    else if (!revoked.some((other) => mayShareReach(other, rule, prefixLists))) removed.push(there);
    // It stands in for a rule that does not come back; without it less would be open than anybody asked for.
    else leftAlone.push({ code: 'stays-with-what-it-was-cut-from', rule: renderRule(there) });
  }

  const gone = new Set(removed);
  return {
    steps: toSteps(restored, removed),
    leftAlone,
    remaining: [...current.rules.filter((rule) => !gone.has(rule)), ...restored],
  };
}

function rulesOf(steps: readonly SecurityGroupStep[], effect: Call['effect']): readonly SecurityGroupRule[] {
  const rules = steps.filter(({ call }) => CALLS[call].effect === effect).flatMap((step) => step.rules);
  return [...new Map(rules.map((rule) => [permissionKey(rule), rule])).values()];
}

function isOpenedBy({ openedBy, ruleId }: GrantOver, rule: SecurityGroupRule): boolean {
  return remediationOf(rule) === openedBy || (ruleId !== undefined && rule.SecurityGroupRuleId === ruleId);
}

/** What the group held when the closing was done with it. */
function leftBy(
  before: SecurityGroup,
  revoked: readonly SecurityGroupRule[],
  added: readonly SecurityGroupRule[],
): readonly SecurityGroupRule[] {
  const taken = new Set(revoked.map(permissionKey));
  return [...before.rules.filter((rule) => !taken.has(permissionKey(rule))), ...added];
}

/** Whether a later closing made the rule: it closed then what this one had closed before. */
function isOfAnother(there: SecurityGroupRule | undefined, remediationId: string): boolean {
  const id = there === undefined ? undefined : remediationOf(there);
  return id !== undefined && id !== remediationId;
}

/** Ours by its tag, where it could get one, and nobody has described or tagged it anew. */
export function isStillOurs(there: SecurityGroupRule, added: SecurityGroupRule, remediationId: string): boolean {
  return (
    remediationOf(there) === (hasRoomForRemediationTag(added.Tags) ? remediationId : undefined) &&
    descriptionInRunbook(there.Description ?? '') === descriptionInRunbook(added.Description ?? '') &&
    tagsKey(there.Tags) === tagsKey(added.Tags)
  );
}

/** The remediation that a rule says made it; anybody may write a tag. */
export function remediationOf({ Tags = [] }: SecurityGroupRule): string | undefined {
  return Tags.find(({ Key }) => Key === REMEDIATION_TAG)?.Value;
}

/** AWS's own tags cannot be carried over, and ours is read by itself. */
function tagsKey(tags: readonly Tag[] = []): string {
  return JSON.stringify(
    ownTags(tags)
      .map(tagInRunbook)
      .map(({ Key, Value }) => [Key, Value])
      .sort(),
  );
}

function ownTags(tags: readonly Tag[]): readonly Tag[] {
  return tags.filter(({ Key }) => Key !== REMEDIATION_TAG && !Key.toLowerCase().startsWith('aws:'));
}

function withoutId({ SecurityGroupRuleId: _id, ...rule }: SecurityGroupRule): SecurityGroupRule {
  return rule;
}
