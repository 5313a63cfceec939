import { isSameEntry } from '../network/network-acl-entry';
import { permissionKey } from '../network/rule-source';
import type { Resource } from '../resource';
import type { ResourceRule } from './remediation-record';
import { rulesOf } from './rules-of';

/** What undos have put back on a target: automatic closing leaves it alone until a person has it closed. */
export type Restored = readonly RestoredRule[];

export interface RestoredRule {
  readonly rule: ResourceRule;
  /** The undo that put it back, and when. */
  readonly remediationId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** It was never taken: the undo stopped the closing that would have. */
  readonly wasLeft?: true;
}

/** Adds what an undo puts back; what was restored before keeps its first undo. */
export function addRestored(restored: Restored, added: Restored): Restored {
  return [...restored, ...added.filter(({ rule }) => restoredAs(rule, restored) === undefined)];
}

/** Rules are compared by their permission and entries by their place and text, as EC2 knows them. */
export function restoredAs(rule: ResourceRule, restored: Restored): RestoredRule | undefined {
  return restored.find((each) => isSameRule(each.rule, rule));
}

/** What of it is still there. */
export function stillRestored(restored: Restored, resource: Resource): Restored {
  return restored.filter((each) => rulesOf(resource).some((rule) => isSameRule(each.rule, rule)));
}

function isSameRule(one: ResourceRule, other: ResourceRule): boolean {
  if ('RuleNumber' in one) {
    return 'RuleNumber' in other && isSameEntry(one, other);
  }
  return !('RuleNumber' in other) && permissionKey(one) === permissionKey(other);
}
