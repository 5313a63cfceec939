import type { CertificateParts, CertifiedEntry, CertifiedRule } from '../certificate';
import type { Filter } from '../evaluation/acl-filter';
import { describeEntry } from '../evaluation/find-gone';
import { isAmong, permissionOf, type Permit } from '../evaluation/permit';
import type { ReadState } from '../evaluation/read-state';
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
    const [made, taken] = ['Authorize', 'Revoke'].map((verb) => {
      const steps = runs.map(({ step }) => step).filter(({ call }) => call.startsWith(verb));
      return new Set(
        steps.flatMap(({ rules }) => rules.map((rule) => ('RuleNumber' in rule ? '' : permissionOf(rule)))),
      );
    });
    const had = new Set(before.permits.map(({ rule }) => permissionOf(rule)));
    const isThere = isAmong(later.permits);
    const isLeft = (rule: CertifiedRule): boolean => isThere(rule) || taken?.has(permissionOf(rule)) === true;
    const isTheirs = (permission: string): boolean => !had.has(permission) && made?.has(permission) !== true;
    const changed = withListsOf(later.permits, before.permits);
    return {
      left: { ...before, permits: changed.filter(({ rule }) => isLeft(rule)) },
      added: { ...later, permits: [...later.permits.filter(({ rule }) => isTheirs(permissionOf(rule))), ...changed] },
    };
  }
  if (before?.kind === 'network-acl' && later?.kind === 'network-acl') {
    const had = new Set(before.filters.map(({ entry }) => describeEntry(entry)));
    const found = new Map(later.filters.map(({ entry }) => [placeOf(entry), describeEntry(entry)]));
    const entriesOf = (isDeleting: boolean): readonly CertifiedEntry[] =>
      runs
        .filter(({ step }) => step.call.startsWith('Delete') === isDeleting)
        .flatMap(({ step }) => step.rules.flatMap((rule) => ('RuleNumber' in rule ? [rule] : [])));
    const made = new Set(entriesOf(false).map(describeEntry));
    const emptied = new Set(entriesOf(true).map(placeOf));
    // Still as it was, or as our runs explain it.
    const isLeft = ({ entry }: Filter): boolean => {
      const now = found.get(placeOf(entry));
      return now === undefined ? emptied.has(placeOf(entry)) : now === describeEntry(entry) || made.has(now);
    };
    const isTheirDeny = ({ entry }: Filter): boolean =>
      entry.RuleAction === 'deny' && !had.has(describeEntry(entry)) && !made.has(describeEntry(entry));
    return {
      left: { ...before, filters: [...later.filters.filter(isTheirDeny), ...before.filters.filter(isLeft)] },
      // By their order entries matter to one another: those of others are told from ours as a whole.
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

function placeOf({ Egress, RuleNumber }: CertifiedEntry): string {
  return `${String(Egress)} ${String(RuleNumber)}`;
}
