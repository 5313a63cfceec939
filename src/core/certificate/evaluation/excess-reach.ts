import { isNobody, listSources, subtractSources, type Sources } from './sources';
import { renderEquivalenceClass, type EquivalenceClass } from './traffic';

/** Says for any traffic who gets through. */
export type Reach = (trafficClass: EquivalenceClass) => Sources;

const SHOWN = 3;

/**
 * What gets through by one and not by the other, `tcp 22 from 0.0.0.0/0`, a few examples of it; undefined when nothing
 * does, at no address and no port.
 */
export function describeExcessReach(
  one: Reach,
  other: Reach,
  classes: readonly EquivalenceClass[],
): string | undefined {
  const found: string[] = [];
  let more = 0;
  for (const trafficClass of classes) {
    const excess = subtractSources(one(trafficClass), other(trafficClass));
    if (isNobody(excess)) continue;
    for (const source of listSources(excess)) {
      if (found.length < SHOWN) found.push(`${renderEquivalenceClass(trafficClass)} ${source}`);
      else more++;
    }
  }
  if (found.length === 0) return undefined;
  return more === 0 ? found.join(', ') : `${found.join(', ')} and ${String(more)} more`;
}
