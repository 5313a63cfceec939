/** Controls, and what changes the direction of writing or is not seen. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/**
 * JSON in one line that whoever reads it on a terminal or in a log sees all of, and in its order: texts of others hold
 * escape sequences and turned writing as `\u202e`, which is the same value to whatever parses it. Halves of characters
 * are written so by `JSON.stringify` itself.
 */
export function visibleJson(value: object): string {
  return JSON.stringify(value).replace(UNSEEN, (unseen) =>
    unseen
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
