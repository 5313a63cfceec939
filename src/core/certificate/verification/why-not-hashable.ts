/** A certificate has 8 levels; what nests some thousands deep is longer than the stack. */
const MAX_DEPTH = 64;

/** Why no hash can be made of a value of JSON that somebody handed over; undefined when one can. */
export function whyNotHashable(value: unknown, levels = MAX_DEPTH): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'holds a number that is too large to be read';
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return `nests deeper than ${String(MAX_DEPTH)} levels`;
  // Readers of JSON drop it or take it for something else, so that a text in it would be in no hash.
  if (Object.hasOwn(value, '__proto__')) return 'has a member "__proto__"';
  for (const member of Object.values(value)) {
    const why = whyNotHashable(member, levels - 1);
    if (why !== undefined) return why;
  }
  return undefined;
}
