import type { NetworkAclEntry } from '../../network/network-acl';
import { familyOfEntry } from '../../network/network-acl-entry';
import { asRule, mayShareReach, reachesAllOf } from '../../network/rule-reach';

/**
 * EC2 keeps 32767 and 32768 for its own last entries: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
const HIGHEST_RULE_NUMBER = 32766;

/** One direction of a network ACL while a plan gives out rule numbers. */
export interface EntriesAround {
  /** What stands there: entries that stay, and remainders that have their numbers already. */
  readonly entries: readonly NetworkAclEntry[];
  /** Numbers of entries that go: kept for an undo, and given out when no others are left. */
  readonly leaving: ReadonlySet<number>;
}

export type Placement =
  | { readonly kind: 'placed'; readonly entries: readonly NetworkAclEntry[] }
  /** How many entries besides the old one's own number find a place. */
  | { readonly kind: 'no-room'; readonly free: number };

/**
 * Gives each remainder of an entry a rule number at which the outcome is the same for every packet as at the entry's
 * own one. ALLOW entries commute: a remainder may stand before or behind any number of them, but crosses no DENY entry
 * that is about one of its packets. One remainder takes the old entry's own number: replacing the entry is what closes.
 *
 * Numbers between the neighbours are given out first, below the entry and then above it, then those behind other
 * entries, the nearest first, and only then those of entries that go.
 */
export function placeEntries(number: number, remainders: readonly NetworkAclEntry[], around: EntriesAround): Placement {
  const rooms = remainders.map((remainder) => ({ remainder, ...roomOf(remainder, number, around.entries) }));
  const numbers = numbersByPreference(number, rooms, around);
  let most = 0;
  // The last one takes the entry's own number, unless one before it can stand nowhere else.
  for (const own of [...rooms].reverse()) {
    const others = rooms.filter((room) => room !== own);
    const found = mostPreferred(others, numbers);
    most = Math.max(most, found.length);
    if (found.length < others.length) continue;
    const given = inOrder(others, found);
    return {
      kind: 'placed',
      entries: rooms.map((room) => ({ ...room.remainder, RuleNumber: given.get(room) ?? number })),
    };
  }
  return { kind: 'no-room', free: most };
}

/**
 * Whether EC2 would never come to a remainder, or decide the same without it: an entry that allows all of it stands
 * before it, or behind it with no DENY in between that is about one of its packets.
 */
export function isAllowedAlready(remainder: NetworkAclEntry, entries: readonly NetworkAclEntry[]): boolean {
  const { above } = roomOf(remainder, remainder.RuleNumber, entries);
  return entries.some(
    (entry) =>
      entry.RuleAction === 'allow' &&
      entry.RuleNumber !== remainder.RuleNumber &&
      entry.RuleNumber < above &&
      reachesAllOf(asRule(entry), asRule(remainder), {}),
  );
}

/** The numbers between which a remainder may stand, both ends left out. */
interface Room {
  readonly below: number;
  readonly above: number;
}

interface RemainderRoom extends Room {
  readonly remainder: NetworkAclEntry;
}

function roomOf(remainder: NetworkAclEntry, number: number, entries: readonly NetworkAclEntry[]): Room {
  const rule = asRule(remainder);
  const walls = entries
    .filter((entry) => entry.RuleAction === 'deny' && familyOfEntry(entry) === familyOfEntry(remainder))
    .filter((entry) => mayShareReach(asRule(entry), rule, {}))
    .map(({ RuleNumber }) => RuleNumber);
  return {
    below: Math.max(0, ...walls.filter((wall) => wall < number)),
    above: Math.min(HIGHEST_RULE_NUMBER + 1, ...walls.filter((wall) => wall > number)),
  };
}

/** As many numbers as could be wanted, the most welcome first. */
function numbersByPreference(
  number: number,
  rooms: readonly RemainderRoom[],
  { entries, leaving }: EntriesAround,
): readonly number[] {
  const taken = new Set(entries.map(({ RuleNumber }) => RuleNumber));
  taken.add(number);
  const others = [...taken].filter((other) => other !== number);
  const neighbourBelow = Math.max(0, ...others.filter((other) => other < number));
  const neighbourAbove = Math.min(HIGHEST_RULE_NUMBER + 1, ...others.filter((other) => other > number));
  const found = new Set<number>();
  const spare = new Set<number>();
  for (const { below, above } of rooms) {
    // Each remainder could take any of these; of more than there are remainders some would stay free.
    for (const step of [-1, 1]) {
      let wanted = rooms.length;
      for (let free = number + step; free > below && free < above && wanted > 0; free += step) {
        if (taken.has(free)) continue;
        if (leaving.has(free)) spare.add(free);
        else {
          found.add(free);
          wanted--;
        }
      }
    }
  }
  const isBetween = (free: number): boolean => neighbourBelow < free && free < neighbourAbove;
  const byPlace = (one: number, other: number): number =>
    Number(isBetween(other)) - Number(isBetween(one)) ||
    (isBetween(one) ? Number(one > number) - Number(other > number) : 0) ||
    Math.abs(one - number) - Math.abs(other - number) ||
    one - other;
  return [...[...found].sort(byPlace), ...[...spare].sort(byPlace)];
}

/** The most welcome numbers that the remainders can all stand at, each at another one: as many as can be had. */
function mostPreferred(rooms: readonly RemainderRoom[], numbers: readonly number[]): readonly number[] {
  const has = new Map<RemainderRoom, number>();
  // Kuhn's algorithm: whoever stands in the way moves on, if they can.
  const give = (free: number, tried: Set<RemainderRoom>): boolean => {
    for (const room of rooms) {
      if (tried.has(room) || free <= room.below || free >= room.above) continue;
      tried.add(room);
      const held = has.get(room);
      if (held !== undefined && !give(held, tried)) continue;
      has.set(room, free);
      return true;
    }
    return false;
  };
  const given: number[] = [];
  for (const free of numbers) {
    if (given.length === rooms.length) break;
    if (give(free, new Set())) given.push(free);
  }
  return given;
}

/** Numbers for all remainders, in the order of the remainders as far as their rooms allow. */
function inOrder(rooms: readonly RemainderRoom[], numbers: readonly number[]): ReadonlyMap<RemainderRoom, number> {
  const given = new Map<RemainderRoom, number>();
  for (const free of [...numbers].sort((a, b) => a - b)) {
    const candidates = rooms.filter((room) => !given.has(room) && room.below < free && free < room.above);
    // Of those that could stand here, the one that must soonest.
    const next = candidates.reduce<RemainderRoom | undefined>(
      (first, room) => (first === undefined || room.above < first.above ? room : first),
      undefined,
    );
    if (next !== undefined) given.set(next, free);
  }
  return given;
}
