import type { CertifiedEntry } from '../certificate';
import { allowedBy, type Filter } from './acl-filter';
import { describeExcess, type Reach } from './excess';
import { sourcesOf, type Permit } from './permit';
import { intersectSources, uniteSources } from './sources';
import { toAtoms, type Atom, type Traffic } from './traffic';

/** What lets traffic through: rules of a group, or entries of a network ACL, of which some may count alone. */
export type Passage =
  | { readonly kind: 'security-group'; readonly permits: readonly Permit[] }
  | {
      readonly kind: 'network-acl';
      readonly filters: readonly Filter[];
      readonly counts?: (entry: CertifiedEntry) => boolean;
    };

/** What gets through all of some passages and none of the others, in either direction; undefined when there is no such thing. */
export function describeSurplus(
  some: readonly [Passage, ...Passage[]],
  others: readonly Passage[],
): string | undefined {
  const all = withSameLists([...some, ...others]);
  const found = [false, true].flatMap((isEgress) => {
    const atoms = toAtoms(all.flatMap((passage) => trafficOf(passage, isEgress)));
    const reaches = all.map((passage) => reachOf(passage, isEgress));
    const [first, ...more] = reaches.slice(0, some.length);
    const rest = reaches.slice(some.length);
    if (first === undefined) return [];
    const shared: Reach = (atom) => more.reduce((sources, each) => intersectSources(sources, each(atom)), first(atom));
    const excess = describeExcess(shared, (atom) => uniteSources(rest.map((each) => each(atom))), atoms);
    return excess === undefined ? [] : [isEgress ? `egress ${excess}` : excess];
  });
  return found.length === 0 ? undefined : found.join('; ');
}

function trafficOf(passage: Passage, isEgress: boolean): readonly Traffic[] {
  return passage.kind === 'security-group'
    ? passage.permits.filter(({ rule }) => rule.IsEgress === isEgress).map(({ traffic }) => traffic)
    : passage.filters.filter(({ entry }) => entry.Egress === isEgress).map(({ traffic }) => traffic);
}

function reachOf(passage: Passage, isEgress: boolean): Reach {
  if (passage.kind === 'security-group') {
    const permits = passage.permits.filter(({ rule }) => rule.IsEgress === isEgress);
    return (atom: Atom) => sourcesOf(permits, atom);
  }
  const filters = passage.filters.filter(({ entry }) => entry.Egress === isEgress);
  return (atom: Atom) => allowedBy(filters, atom, passage.counts);
}

/** A list that was not read in one of the states stands for itself in all of them: else the same rule would differ. */
function withSameLists(passages: readonly Passage[]): readonly Passage[] {
  const permits = passages.flatMap((passage) => (passage.kind === 'security-group' ? passage.permits : []));
  const unread = new Set(permits.flatMap(({ rule, unreadList }) => (rule.IsEgress ? [] : (unreadList ?? []))));
  if (unread.size === 0) return passages;
  return passages.map((passage) =>
    passage.kind === 'security-group'
      ? { ...passage, permits: passage.permits.map((permit) => asUnread(permit, unread)) }
      : passage,
  );
}

function asUnread(permit: Permit, unread: ReadonlySet<string>): Permit {
  const list = permit.rule.PrefixListId;
  if (list === undefined || !unread.has(list)) return permit;
  const sources = { addresses: { ipv4: [], ipv6: [] }, named: new Set([list]) };
  return { ...permit, blocks: [], sources, unreadList: list };
}
