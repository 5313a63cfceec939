/** What becomes of what a person wants to be open. */
export const STAYS_OPEN = 'It is not closed automatically again; Close ingress does it.';

/** Parts that say something, as one text. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** A text that ends like a sentence; empty stays empty. */
export function asSentence(text: string | undefined): string {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' || /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
