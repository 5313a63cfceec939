/** Parts that say something, as one text. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** A text that ends like a sentence; empty stays empty. */
export function asSentence(text: string | undefined): string {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' || /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** How many of a list a note names. */
export const SHOWN = 4;

/**
 * `Revoked: tcp 22 from 0.0.0.0/0, …`: a sentence, empty when there is nothing to name.
 * @param count how many there are, where `items` are the first of them only
 */
export function describeSome(verb: string, items: readonly string[], count = items.length): string {
  if (items.length === 0) return '';
  const shown = items.slice(0, SHOWN);
  const rest = count > shown.length ? ` and ${String(count - shown.length)} more` : '';
  return `${verb}: ${shown.join(', ')}${rest}.`;
}
