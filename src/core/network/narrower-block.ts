import { parseCidr } from './cidr';
import { holdsRange } from './internet';

/**
 * What two blocks have in common: the narrower of them, for blocks nest or have nothing in common. Undefined for
 * nothing.
 */
export function narrowerBlock(one: string, other: string): string | undefined {
  const [left, right] = [parseCidr(one), parseCidr(other)];
  if (!left.ok || !right.ok || left.value.family !== right.value.family) return undefined;
  if (holdsRange([left.value], right.value)) return other;
  return holdsRange([right.value], left.value) ? one : undefined;
}
