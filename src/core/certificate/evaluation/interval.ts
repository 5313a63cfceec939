/** A stretch of addresses as exact integers, both ends included. */
export interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}

/** Any intervals as ascending ones that neither overlap nor touch: every set of addresses has one such form. */
export function mergeIntervals(intervals: readonly Interval[]): readonly Interval[] {
  const sorted = [...intervals].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const merged: Interval[] = [];
  for (const { first, last } of sorted) {
    const before = merged.at(-1);
    if (before === undefined || first > before.last + 1n) merged.push({ first, last });
    else if (last > before.last) merged[merged.length - 1] = { first: before.first, last };
  }
  return merged;
}

/** What of one set is not in the other; both merged, and so is the answer. */
export function subtractIntervals(from: readonly Interval[], taken: readonly Interval[]): readonly Interval[] {
  const rest: Interval[] = [];
  let i = 0;
  for (const { first, last } of from) {
    let next = first;
    for (let hole = taken[i]; hole !== undefined && hole.last < next; hole = taken[i]) i++;
    for (let j = i; next <= last; j++) {
      const hole = taken[j];
      if (hole === undefined || hole.first > last) {
        rest.push({ first: next, last });
        break;
      }
      if (hole.first > next) rest.push({ first: next, last: hole.first - 1n });
      next = hole.last + 1n;
    }
  }
  return rest;
}

/** Whether merged intervals hold all of the parts. */
export function holdAll(intervals: readonly Interval[], parts: readonly Interval[]): boolean {
  return subtractIntervals(parts, intervals).length === 0;
}
