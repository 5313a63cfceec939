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

/** `Revoked: tcp 22 from 0.0.0.0/0, …`: a sentence, empty when there is nothing to name. */
export function describeSome(verb: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  const rest = items.length > SHOWN ? ` and ${String(items.length - SHOWN)} more` : '';
  return `${verb}: ${items.slice(0, SHOWN).join(', ')}${rest}.`;
}
