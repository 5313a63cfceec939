import type { CertifiedEntry } from '../certificate';
import { readFilter } from './acl-filter';
import { permissionOf } from './permit';
import type { ReadState } from './read-state';
import { renderTraffic } from './traffic';

/** Rules and entries of one state that are not in another as they were, whoever gets through there all the same. */
export function findGone(before: ReadState, after: ReadState): readonly string[] {
  const present = new Set(contentsOf(after));
  return contentsOf(before).filter((name) => !present.has(name));
}

function contentsOf(state: ReadState): readonly string[] {
  switch (state.kind) {
    case 'security-group':
      return state.permits.map(({ rule }) => permissionOf(rule));
    case 'network-acl':
      return state.filters.map(({ entry }) => describeEntry(entry));
  }
}

/** What tells entries apart, in one spelling: `ingress entry 100 allow tcp 22 from 0.0.0.0/0`. */
export function describeEntry(entry: CertifiedEntry): string {
  const filter = readFilter(entry);
  const traffic = 'problem' in filter ? entry.Protocol : renderTraffic(filter.traffic);
  const source = entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '?';
  const [direction, to] = entry.Egress ? ['egress', 'to'] : ['ingress', 'from'];
  return `${direction} entry ${String(entry.RuleNumber)} ${entry.RuleAction} ${traffic} ${to} ${source}`;
}
