import fc from 'fast-check';
import type { NetworkAclEntry } from '../../src/core/network/network-acl';
import type { SecurityGroupRule } from '../../src/core/network/security-group-rule';
import { arbitraryEntry } from './arbitrary-acl';
import { arbitraryRule } from './arbitrary-group';
import { permissionOf } from './ec2';

/** What somebody else does to a target between a closing and its undo. */
export interface Meddling<Rule> {
  readonly kind: 'remove' | 'replace' | 'remake' | 'add';
  /** Which rule, counted around the target's. */
  readonly index: number;
  readonly rule: Rule;
}

function meddlingWith<Rule>(rule: fc.Arbitrary<Rule>): fc.Arbitrary<readonly Meddling<Rule>[]> {
  const kind = fc.constantFrom('remove' as const, 'replace' as const, 'remake' as const, 'add' as const);
  return fc.array(fc.record({ kind, index: fc.nat(20), rule }), { maxLength: 3 });
}

export const arbitraryRuleMeddling = meddlingWith<SecurityGroupRule>(arbitraryRule);
export const arbitraryEntryMeddling = meddlingWith<NetworkAclEntry>(arbitraryEntry);

/** Somebody's rules have ids of their own, and none of our tags. */
export function meddleWithRules(
  rules: readonly SecurityGroupRule[],
  meddling: readonly Meddling<SecurityGroupRule>[],
): readonly SecurityGroupRule[] {
  return meddling.reduce((now, { kind, index, rule }, i) => {
    const victim = kind === 'add' ? undefined : now[index % Math.max(1, now.length)];
    const others = now.filter((one) => one !== victim);
    const made = kind === 'remake' && victim ? { ...victim, Tags: [] } : rule;
    if (kind === 'remove' || others.some((one) => permissionOf(one) === permissionOf(made))) return others;
    return [...others, { ...made, SecurityGroupRuleId: `sgr-theirs-${String(i)}` }];
  }, rules);
}

/** EC2's own last entries cannot be touched. */
export function meddleWithEntries(
  entries: readonly NetworkAclEntry[],
  meddling: readonly Meddling<NetworkAclEntry>[],
): readonly NetworkAclEntry[] {
  return meddling.reduce((now, { kind, index, rule: entry }) => {
    const own = now.filter(({ RuleNumber }) => RuleNumber <= 32766);
    const victim = kind === 'add' ? undefined : own[index % Math.max(1, own.length)];
    const others = now.filter((one) => one !== victim);
    if (kind === 'remove') return others;
    const made =
      kind === 'replace' && victim ? { ...entry, RuleNumber: victim.RuleNumber, Egress: victim.Egress } : entry;
    const isTaken = others.some((one) => one.Egress === made.Egress && one.RuleNumber === made.RuleNumber);
    return isTaken ? others : [...others, made];
  }, entries);
}
