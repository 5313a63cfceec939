import { FAMILIES, renderInterval, type Family } from './address-block';
import { mergeIntervals, subtractIntervals, type Interval } from './interval';

/** Who gets through: addresses, and groups or lists whose addresses are not known; of an egress rule, where to. */
export interface Sources {
  readonly addresses: Readonly<Record<Family, readonly Interval[]>>;
  /** Names of what stands for itself: a referenced group, a prefix list whose contents are not given. */
  readonly named: ReadonlySet<string>;
}

export const NO_SOURCES: Sources = { addresses: { ipv4: [], ipv6: [] }, named: new Set() };

/** Sources of any of them. */
export function uniteSources(all: readonly Sources[]): Sources {
  const [first, second] = all;
  if (first === undefined) return NO_SOURCES;
  if (second === undefined) return first;
  const addresses = (family: Family): readonly Interval[] =>
    mergeIntervals(all.flatMap((each) => each.addresses[family]));
  return {
    addresses: { ipv4: addresses('ipv4'), ipv6: addresses('ipv6') },
    named: new Set(all.flatMap((each) => [...each.named])),
  };
}

/** Sources of the first that are none of the second. */
export function subtractSources(from: Sources, taken: Sources): Sources {
  const addresses = (family: Family): readonly Interval[] =>
    subtractIntervals(from.addresses[family], taken.addresses[family]);
  return {
    addresses: { ipv4: addresses('ipv4'), ipv6: addresses('ipv6') },
    named: new Set([...from.named].filter((name) => !taken.named.has(name))),
  };
}

/** Sources of both. */
export function intersectSources(one: Sources, other: Sources): Sources {
  return subtractSources(one, subtractSources(one, other));
}

/** Whether there is no source at all. */
export function isNobody({ addresses, named }: Sources): boolean {
  return addresses.ipv4.length === 0 && addresses.ipv6.length === 0 && named.size === 0;
}

/** Each source by itself: `0.0.0.0/0`, `sg-…`. */
export function listSources({ addresses, named }: Sources): readonly string[] {
  return [
    ...FAMILIES.flatMap((family) => addresses[family].map((interval) => renderInterval(family, interval))),
    ...named,
  ];
}
