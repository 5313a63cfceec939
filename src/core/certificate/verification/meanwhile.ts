import type { CertificateParts, CertifiedEntry, CertifiedRule } from '../certificate';
import type { Filter } from '../evaluation/acl-filter';
import { effectOf } from '../evaluation/certified-calls';
import { describeEntry } from '../evaluation/find-gone';
import { isAmong, permissionOf, type Permit } from '../evaluation/permit';
import type { ReadState } from '../evaluation/read-state';
import { entriesIn, placeOf, rulesIn } from '../evaluation/words-of';
import type { Evidence } from './evidence';

/** What somebody else did to the target between the first plan and the latest, as far as the runs do not explain it. */
export interface Meanwhile {
  /**
   * The state before without what somebody took away, also from prefix lists, and behind the DENY entries that somebody
   * put in.
   */
  readonly left: ReadState;
  /** What somebody added: rules and what prefix lists came to hold, or all entries as the latest plan found them. */
  readonly added: ReadState;
}

/** Undefined where one plan was made, or two of which nothing is known in between. */
export function findMeanwhile(
  { before, beforeLatestPlan: later }: Pick<Evidence, 'before' | 'beforeLatestPlan'>,
  { runs }: CertificateParts,
): Meanwhile | undefined {
  if (before?.kind === 'security-group' && later?.kind === 'security-group') {
    const rulesOf = (effect: 'adds' | 'removes'): ReadonlySet<string> =>
      new Set(runs.flatMap(({ step }) => (effectOf(step) === effect ? rulesIn(step.rules).map(permissionOf) : [])));
    const [made, taken] = [rulesOf('adds'), rulesOf('removes')];
    const had = new Set(before.permits.map(({ rule }) => permissionOf(rule)));
    const isThere = isAmong(later.permits);
    const isLeft = (rule: CertifiedRule): boolean => isThere(rule) || taken.has(permissionOf(rule));
    const isTheirs = (permission: string): boolean => !had.has(permission) && !made.has(permission);
    const changed = withListsOf(later.permits, before.permits);
    return {
      left: { ...before, permits: changed.filter(({ rule }) => isLeft(rule)) },
      added: { ...later, permits: [...later.permits.filter(({ rule }) => isTheirs(permissionOf(rule))), ...changed] },
    };
  }
  if (before?.kind === 'network-acl' && later?.kind === 'network-acl') {
    const had = new Set(before.filters.map(({ entry }) => describeEntry(entry)));
    const found = new Map(later.filters.map(({ entry }) => [placeOf(entry), describeEntry(entry)]));
    const entriesOf = (...effects: readonly ReturnType<typeof effectOf>[]): readonly CertifiedEntry[] =>
      runs.flatMap(({ step }) => (effects.includes(effectOf(step)) ? entriesIn(step.rules) : []));
    const made = new Set(entriesOf('adds', 'replaces').map(describeEntry));
    const emptied = new Set(entriesOf('removes').map(placeOf));
    // Still as it was, or as our runs explain it.
    const isLeft = ({ entry }: Filter): boolean => {
      const now = found.get(placeOf(entry));
      return now === undefined ? emptied.has(placeOf(entry)) : now === describeEntry(entry) || made.has(now);
    };
    const isTheirDeny = ({ entry }: Filter): boolean =>
      entry.RuleAction === 'deny' && !had.has(describeEntry(entry)) && !made.has(describeEntry(entry));
    return {
      left: { ...before, filters: [...later.filters.filter(isTheirDeny), ...before.filters.filter(isLeft)] },
      // By their order entries matter to one another: those of others are distinguished from ours as a whole.
      added: later,
    };
  }
  return undefined;
}

/** Rules by what their prefix lists held later: no runbook changes a list. */
function withListsOf(later: readonly Permit[], permits: readonly Permit[]): readonly Permit[] {
  const held = new Map(
    later.flatMap((permit) => (permit.rule.IsEgress ? [] : [[permit.rule.PrefixListId, permit] as const])),
  );
  return permits.map((permit) => {
    const { PrefixListId: list, IsEgress: isEgress } = permit.rule;
    const then = list === undefined || isEgress ? undefined : held.get(list);
    return then === undefined
      ? permit
      : { ...permit, blocks: then.blocks, sources: then.sources, unreadList: then.unreadList };
  });
}
