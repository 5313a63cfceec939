import type { CertifiedEntry, CertifiedRule } from '../certificate';
import { describeEntry } from './find-gone';
import { permissionOf } from './permit';

/** What a rule or an entry says, in one spelling. */
export function wordsOf(rule: CertifiedRule | CertifiedEntry): string {
  return 'RuleNumber' in rule ? describeEntry(rule) : permissionOf(rule);
}

/** Where an entry stands in its network ACL: direction and number. */
export function placeOf({ Egress, RuleNumber }: CertifiedEntry): string {
  return `${String(Egress)} ${String(RuleNumber)}`;
}

/** Those that are rules of a security group. */
export function rulesIn(rules: readonly (CertifiedRule | CertifiedEntry)[]): readonly CertifiedRule[] {
  return rules.flatMap((rule) => ('RuleNumber' in rule ? [] : [rule]));
}

/** Those that are entries of a network ACL. */
export function entriesIn(rules: readonly (CertifiedRule | CertifiedEntry)[]): readonly CertifiedEntry[] {
  return rules.flatMap((rule) => ('RuleNumber' in rule ? [rule] : []));
}
