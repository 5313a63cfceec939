import type { CertifiedAcl, CertifiedGroup } from '../certificate';
import { readFilter, type Filter } from './acl-filter';
import { readPermit, type Permit, type PrefixLists } from './permit';

/** A state in terms that can be evaluated. */
export type ReadState =
  | { readonly kind: 'security-group'; readonly name: string; readonly permits: readonly Permit[] }
  | { readonly kind: 'network-acl'; readonly isDefault: boolean; readonly filters: readonly Filter[] };

/** @returns the state, or what of it makes no sense, so that nothing can be said of it */
export function readState(
  state: CertifiedGroup | CertifiedAcl,
  lists: PrefixLists,
): ReadState | { readonly problem: string } {
  switch (state.kind) {
    case 'security-group': {
      const permits: Permit[] = [];
      for (const rule of state.rules) {
        const permit = readPermit(rule, lists);
        if ('problem' in permit) return permit;
        permits.push(permit);
      }
      return { kind: state.kind, name: state.name, permits };
    }
    case 'network-acl': {
      const filters: Filter[] = [];
      for (const entry of state.entries) {
        const filter = readFilter(entry);
        if ('problem' in filter) return filter;
        filters.push(filter);
      }
      return { kind: state.kind, isDefault: state.isDefault, filters };
    }
  }
}
