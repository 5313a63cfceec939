/**
 * Controls but for tabs and line breaks; halves of characters, which are in no UTF-8; what Unicode says is no
 * character; what changes the direction of everything after it; and letters that nobody sees (tags). Marks that scripts
 * are written with stay: joiners of Persian and of emoji, directions of single letters, what is private to a font.
 */
const UNREADABLE = new RegExp(
  [
    '[\\p{Cs}\\p{Noncharacter_Code_Point}]',
    '[\\u202a-\\u202e\\u2066-\\u2069\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}]',
    '(?![\\t\\n])\\p{Cc}',
  ].join('|'),
  'gu',
);

/**
 * Text of others as every receiver takes it: whoever sees it sees all of it, and in its order. What cannot be shown is
 * `\ufffd`, the sign for that; line breaks are `\n`.
 */
export function readableText(text: string): string {
  return text.replace(/\r\n?|\u2028|\u2029|\u0085/g, '\n').replace(UNREADABLE, '\ufffd');
}
