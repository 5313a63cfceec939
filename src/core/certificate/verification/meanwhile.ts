import type { CertificateParts } from '../certificate';
import { permissionOf } from '../evaluation/permit';
import type { ReadState } from '../evaluation/read-state';
import type { Evidence } from './evidence';

/** What somebody else did to the target between the first plan and the latest, as far as the runs do not explain it. */
export interface Meanwhile {
  /** The state before without what somebody took away. */
  readonly left: ReadState;
  /** What somebody added: rules, or all entries as the latest plan found them. */
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
    const has = new Set(later.permits.map(({ rule }) => permissionOf(rule)));
    const isLeft = (permission: string): boolean => has.has(permission) || taken?.has(permission) === true;
    const isTheirs = (permission: string): boolean => !had.has(permission) && made?.has(permission) !== true;
    return {
      left: { ...before, permits: before.permits.filter(({ rule }) => isLeft(permissionOf(rule))) },
      added: { ...later, permits: later.permits.filter(({ rule }) => isTheirs(permissionOf(rule))) },
    };
  }
  if (before?.kind === 'network-acl' && later?.kind === 'network-acl') {
    const place = (entry: { readonly Egress: boolean; readonly RuleNumber: number }): string =>
      `${String(entry.Egress)} ${String(entry.RuleNumber)}`;
    const ours = new Set(
      runs.flatMap(({ step }) => step.rules.flatMap((rule) => ('RuleNumber' in rule ? [place(rule)] : []))),
    );
    const now = new Set(later.filters.map(({ entry }) => JSON.stringify(entry)));
    const isLeft = ({ entry }: (typeof before.filters)[number]): boolean =>
      now.has(JSON.stringify(entry)) || ours.has(place(entry));
    // By their order entries matter to one another: those of others are told from ours as a whole.
    return { left: { ...before, filters: before.filters.filter(isLeft) }, added: later };
  }
  return undefined;
}
