import { isSameEntry } from '../network/network-acl-entry';
import { permissionKey } from '../network/rule-source';
import type { Resource } from '../resource';
import type { ResourceRule } from './remediation-record';
import { rulesOf } from './rules-of';

/** What undos have put back on a target: automatic closing leaves it alone until a person has it closed. */
export type GivenBack = readonly GivenBackRule[];

export interface GivenBackRule {
  readonly rule: ResourceRule;
  /** The undo that put it back, and when. */
  readonly remediationId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** It was never taken: the undo stopped the closing that would have. */
  readonly wasLeft?: true;
}

/** Adds what an undo puts back; what was given back before keeps its first undo. */
export function addGivenBack(givenBack: GivenBack, added: GivenBack): GivenBack {
  return [...givenBack, ...added.filter(({ rule }) => givenBackAs(rule, givenBack) === undefined)];
}

/** Rules are compared by their permission and entries by their place and text, as EC2 knows them. */
export function givenBackAs(rule: ResourceRule, givenBack: GivenBack): GivenBackRule | undefined {
  return givenBack.find((each) => isSameRule(each.rule, rule));
}

/** What of it is still there. */
export function stillGivenBack(givenBack: GivenBack, resource: Resource): GivenBack {
  return givenBack.filter((each) => rulesOf(resource).some((rule) => isSameRule(each.rule, rule)));
}

function isSameRule(one: ResourceRule, other: ResourceRule): boolean {
  if ('RuleNumber' in one) {
    return 'RuleNumber' in other && isSameEntry(one, other);
  }
  return !('RuleNumber' in other) && permissionKey(one) === permissionKey(other);
}
