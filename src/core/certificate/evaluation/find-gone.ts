import type { CertifiedEntry, CertifiedRule } from '../certificate';
import { readFilter } from './acl-filter';
import { isAmong, nameOf, permissionOf } from './permit';
import type { ReadState } from './read-state';
import { renderTraffic } from './traffic';

/** A rule or an entry of one state that is not in another as it was, whoever gets through there all the same. */
export interface Gone {
  /** What it says, in one spelling. */
  readonly name: string;
  readonly rule?: CertifiedRule;
  readonly entry?: CertifiedEntry;
  /** Whether another rule says the same there: its words are left, it is not. */
  readonly isReplaced: boolean;
}

/** Rules and entries of one state that are not in another. */
export function findGone(before: ReadState, after: ReadState): readonly Gone[] {
  const present = new Set(namesOf(after));
  switch (before.kind) {
    case 'security-group': {
      const isLeft = isAmong(after.kind === before.kind ? after.permits : []);
      return before.permits.flatMap(({ rule }) => {
        if (isLeft(rule)) return [];
        const name = permissionOf(rule);
        return [{ name, rule, isReplaced: present.has(name) }];
      });
    }
    case 'network-acl':
      return before.filters
        .map(({ entry }) => ({ name: describeEntry(entry), entry, isReplaced: false }))
        .filter(({ name }) => !present.has(name));
  }
}

/** Its rules or entries, each in one spelling. */
export function namesOf(state: ReadState): readonly string[] {
  switch (state.kind) {
    case 'security-group':
      return state.permits.map(({ rule }) => permissionOf(rule));
    case 'network-acl':
      return state.filters.map(({ entry }) => describeEntry(entry));
  }
}

/** `ingress udp 53 from 0.0.0.0/0`, and which one it was where another says so now. */
export function describeGone({ name, rule, isReplaced }: Gone): string {
  return rule !== undefined && isReplaced ? `${name} (${nameOf(rule)}; another rule says the same now)` : name;
}

/** What distinguishes entries, in one spelling: `ingress entry 100 allow tcp 22 from 0.0.0.0/0`. */
export function describeEntry(entry: CertifiedEntry): string {
  const filter = readFilter(entry);
  const traffic = 'problem' in filter ? entry.Protocol : renderTraffic(filter.traffic);
  const source = entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '?';
  const [direction, to] = entry.Egress ? ['egress', 'to'] : ['ingress', 'from'];
  return `${direction} entry ${String(entry.RuleNumber)} ${entry.RuleAction} ${traffic} ${to} ${source}`;
}
