/**
 * Levels and members of a value that are shown; what nests deeper than the stack is long no `JSON.stringify` survives.
 */
const SHOWN_LEVELS = 3;
const SHOWN_MEMBERS = 20;

/** JSON of a value that came from outside, whatever it is, truncated to so many characters; empty for undefined. */
export function renderValue(value: unknown, characters: number): string {
  if (value === undefined) return '';
  const text = JSON.stringify(outline(value, SHOWN_LEVELS));
  // Never inside a character: half of one is refused by SQS and Security Hub.
  return text.length > characters ? `${text.slice(0, characters - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}

function outline(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '…';
  if (Array.isArray(value)) return value.slice(0, SHOWN_MEMBERS).map((member) => outline(member, levels - 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, SHOWN_MEMBERS)
      .map(([name, member]) => [name, outline(member, levels - 1)]),
  );
}
