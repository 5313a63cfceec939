import { readableText } from '../messages/readable-text';

/** Security Hub takes no longer note: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_NoteUpdate.html */
export const NOTE_CHARACTERS = 512;

/**
 * A note of the details, truncated where they are long, and of an ending that always stays whole. Both hold texts of
 * others, such as reasons, names and comments: nothing of them steers a terminal or turns the writing round.
 */
export function composeNote(details: string, ending: string): string {
  const end = shorten(readableText(ending), NOTE_CHARACTERS / 2);
  return `${shorten(readableText(details), NOTE_CHARACTERS - end.length - 1)} ${end}`.trim();
}

/** Ends a text behind a word with an ellipsis when it is longer than `characters`. */
export function shorten(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const kept = text.slice(0, characters - 1);
  const space = kept.lastIndexOf(' ');
  // A single long word is truncated inside, but never inside a character.
  const end = space > characters / 2 ? kept.slice(0, space) : kept.replace(/[\uD800-\uDBFF]$/, '');
  return `${end.replace(/[\s,;:.]+$/, '')}…`;
}
