import type { CertifiedEntry } from '../certificate';
import { allowedBy, type Filter } from './acl-filter';
import { describeExcessReach, type Reach } from './excess-reach';
import { sourcesOf, type Permit } from './permit';
import { intersectSources, uniteSources } from './sources';
import { toEquivalenceClasses, type EquivalenceClass, type Traffic } from './traffic';

/** What lets traffic through: rules of a group, or entries of a network ACL, of which some may count alone. */
export type PacketPredicate =
  | { readonly kind: 'security-group'; readonly permits: readonly Permit[] }
  | {
      readonly kind: 'network-acl';
      readonly filters: readonly Filter[];
      readonly counts?: (entry: CertifiedEntry) => boolean;
    };

/**
 * What gets through all of some passages and none of the others, in either direction; undefined when there is no such
 * thing.
 */
export function describeSurplus(
  some: readonly [PacketPredicate, ...PacketPredicate[]],
  others: readonly PacketPredicate[],
): string | undefined {
  const all = withSameLists([...some, ...others]);
  const found = [false, true].flatMap((isEgress) => {
    const classes = toEquivalenceClasses(all.flatMap((predicate) => trafficOf(predicate, isEgress)));
    const reaches = all.map((predicate) => reachOf(predicate, isEgress));
    const [first, ...more] = reaches.slice(0, some.length);
    const rest = reaches.slice(some.length);
    if (first === undefined) return [];
    const shared: Reach = (trafficClass) =>
      more.reduce((sources, each) => intersectSources(sources, each(trafficClass)), first(trafficClass));
    const excess = describeExcessReach(
      shared,
      (trafficClass) => uniteSources(rest.map((each) => each(trafficClass))),
      classes,
    );
    return excess === undefined ? [] : [isEgress ? `egress ${excess}` : excess];
  });
  return found.length === 0 ? undefined : found.join('; ');
}

function trafficOf(predicate: PacketPredicate, isEgress: boolean): readonly Traffic[] {
  return predicate.kind === 'security-group'
    ? predicate.permits.filter(({ rule }) => rule.IsEgress === isEgress).map(({ traffic }) => traffic)
    : predicate.filters.filter(({ entry }) => entry.Egress === isEgress).map(({ traffic }) => traffic);
}

function reachOf(predicate: PacketPredicate, isEgress: boolean): Reach {
  if (predicate.kind === 'security-group') {
    const permits = predicate.permits.filter(({ rule }) => rule.IsEgress === isEgress);
    return (trafficClass: EquivalenceClass) => sourcesOf(permits, trafficClass);
  }
  const filters = predicate.filters.filter(({ entry }) => entry.Egress === isEgress);
  return (trafficClass: EquivalenceClass) => allowedBy(filters, trafficClass, predicate.counts);
}

/** A list that was not read in one of the states stands for itself in all of them: else the same rule would differ. */
function withSameLists(predicates: readonly PacketPredicate[]): readonly PacketPredicate[] {
  const permits = predicates.flatMap((predicate) => (predicate.kind === 'security-group' ? predicate.permits : []));
  const unread = new Set(permits.flatMap(({ rule, unreadList }) => (rule.IsEgress ? [] : (unreadList ?? []))));
  if (unread.size === 0) return predicates;
  return predicates.map((predicate) =>
    predicate.kind === 'security-group'
      ? { ...predicate, permits: predicate.permits.map((permit) => asUnread(permit, unread)) }
      : predicate,
  );
}

function asUnread(permit: Permit, unread: ReadonlySet<string>): Permit {
  const list = permit.rule.PrefixListId;
  if (list === undefined || !unread.has(list)) return permit;
  const sources = { addresses: { ipv4: [], ipv6: [] }, named: new Set([list]) };
  return { ...permit, blocks: [], sources, unreadList: list };
}
