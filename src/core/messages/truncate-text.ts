/**
 * A text of at most so many UTF-16 units, which is how every receiver counts that says how it counts; a longer one ends
 * in `…`, and never within a character of two units.
 */
export function truncateText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const kept = text.slice(0, maxLength - 1);
  const last = kept.charCodeAt(kept.length - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return `${isHalf ? kept.slice(0, -1) : kept}…`;
}
