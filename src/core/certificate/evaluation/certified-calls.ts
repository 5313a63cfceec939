import type { CertifiedStep } from '../certificate';

type Effect = 'adds' | 'removes' | 'replaces';

/**
 * Every call that a certificate may name, and what it makes of its rules: a second time, for what is proven here
 * must not lean on the planner's table. A test holds the two together.
 */
const EFFECTS: ReadonlyMap<string, Effect> = new Map([
  ['AuthorizeSecurityGroupIngress', 'adds'],
  ['AuthorizeSecurityGroupEgress', 'adds'],
  ['RevokeSecurityGroupIngress', 'removes'],
  ['RevokeSecurityGroupEgress', 'removes'],
  ['CreateNetworkAclEntry', 'adds'],
  ['ReplaceNetworkAclEntry', 'replaces'],
  ['DeleteNetworkAclEntry', 'removes'],
]);

/** What a step makes of its rules; undefined of a call that is not known here, which may do anything. */
export function effectOf({ call }: Pick<CertifiedStep, 'call'>): Effect | undefined {
  return EFFECTS.get(call);
}

/** Whether a step takes away what stands in the place of its rules, with or without something for it. */
export function takesAway(step: Pick<CertifiedStep, 'call'>): boolean {
  const effect = effectOf(step);
  return effect === 'removes' || effect === 'replaces';
}
