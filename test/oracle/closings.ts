import type { RunbookRunRecord } from '../../src/core/ledger/remediation-record';
import { isNetworkAclStep } from '../../src/core/planning/network-acls/is-network-acl-step';
import type { NetworkAclEntry } from '../../src/core/network/network-acl';
import type { SecurityGroupRule, Tag } from '../../src/core/network/security-group-rule';
import type { PlanStep } from '../../src/core/planning/plan';
import { applyStep } from './ec2';
import { applyEntryStep } from './network-acl';

/** The runs of steps that were all seen to take effect, as the ledger has them. */
export function runsOf(steps: readonly PlanStep[], remediationId: string): readonly RunbookRunRecord[] {
  return steps.map((step, i) => ({
    runId: `${remediationId}/0.${String(i)}`,
    step,
    startedAt: '2026-03-01T12:00:00.000Z',
    end: 'effect-seen',
  }));
}

/** What a closing's runbooks put on the rules that they authorize. */
export function remediationTag(remediationId: string): Tag {
  return { Key: 'portcullis:remediation', Value: remediationId };
}

/** Rules before the first step, between steps, and after the last one. */
export function ruleStates(
  rules: readonly SecurityGroupRule[],
  steps: readonly PlanStep[],
  tag?: Tag,
): readonly (readonly SecurityGroupRule[])[] {
  const states = [rules];
  for (const step of steps) {
    if (isNetworkAclStep(step)) throw new Error('a step about a network ACL');
    states.push(applyStep(states.at(-1) ?? [], step, tag));
  }
  return states;
}

/** Entries before the first step, between steps, and after the last one. */
export function entryStates(
  entries: readonly NetworkAclEntry[],
  steps: readonly PlanStep[],
): readonly (readonly NetworkAclEntry[])[] {
  const states = [entries];
  for (const step of steps) {
    if (!isNetworkAclStep(step)) throw new Error('a step about a security group');
    states.push(applyEntryStep(states.at(-1) ?? [], step));
  }
  return states;
}

/** Rules that EC2 has given ids. */
export function named(rules: readonly SecurityGroupRule[]): readonly SecurityGroupRule[] {
  return rules.map((rule, i) => ({ SecurityGroupRuleId: `sgr-new-${String(i)}`, ...rule }));
}
