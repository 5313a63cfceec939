import { entryKey } from '../network/network-acl-entry';
import { permissionKey } from '../network/rule-source';
import type { NetworkAclEntry } from '../network/network-acl';
import type { SecurityGroupRule } from '../network/security-group-rule';
import type { Resource } from '../resource';
import { CALLS, type Call, type CallName } from './calls';
import { isNetworkAclStep } from './network-acls/is-network-acl-step';
import type { PlanStep } from './plan';

/** One rule or entry that a step puts on a target, takes from it, or puts in another's place. */
export interface StepChange {
  readonly call: CallName;
  readonly effect: Call['effect'];
  /** The rule that is there afterwards; of a removal, the one that was there. */
  readonly rule: SecurityGroupRule | NetworkAclEntry;
  /** The entry that stood in its place, where that is known: replacing goes by the number alone. */
  readonly replaced?: NetworkAclEntry;
}

/**
 * What a step does to a target, rule by rule.
 *
 * @param replaced what stood where the step replaces an entry: EC2 itself does not ask
 */
export function changesOfStep(step: PlanStep, replaced?: NetworkAclEntry): readonly StepChange[] {
  const { effect } = CALLS[step.call];
  const was = effect === 'replaces' && replaced !== undefined ? { replaced } : {};
  return step.rules.map((rule) => ({ call: step.call, effect, rule, ...was }));
}

/**
 * What is there after a step, given what was there: rules go by their permission and entries by their number, as in
 * EC2.
 */
export function afterStep(resource: Resource, step: PlanStep): Resource {
  const { effect } = CALLS[step.call];
  if (isNetworkAclStep(step)) {
    if (resource.kind !== 'network-acl') return resource;
    const keys = new Set(step.rules.map(entryKey));
    const others = resource.entries.filter((entry) => !keys.has(entryKey(entry)));
    return { ...resource, entries: effect === 'removes' ? others : [...others, ...step.rules] };
  }
  if (resource.kind !== 'security-group') return resource;
  const keys = new Set(step.rules.map(permissionKey));
  const others = resource.rules.filter((rule) => !keys.has(permissionKey(rule)));
  return { ...resource, rules: effect === 'removes' ? others : [...others, ...step.rules] };
}

/** What steps of a plan do one after the other, each to what those before it leave. */
export function changesOfPlan(steps: readonly PlanStep[], resource: Resource | undefined): readonly StepChange[] {
  let now = resource;
  return steps.flatMap((step) => {
    const changes = changesOfStep(step, entryAt(now, step));
    now = now && afterStep(now, step);
    return changes;
  });
}

/** The entry that a step would replace or delete; undefined for other steps, and where nothing stands there. */
export function entryAt(resource: Resource | undefined, step: PlanStep): NetworkAclEntry | undefined {
  if (!isNetworkAclStep(step) || resource?.kind !== 'network-acl') return undefined;
  return resource.entries.find((entry) => entryKey(entry) === entryKey(step.rules[0]));
}
