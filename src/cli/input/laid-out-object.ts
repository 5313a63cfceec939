import { END_BRACE } from './bracket-finder';
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

/**
 * What stands before the brace that ends an object which begins at `at` and is laid out over lines, as the AWS CLI
 * prints them: a line feed, and as many blanks as before its beginning. Undefined for every other layout. No string can
 * hold this, for JSON escapes line feeds.
 */
export function marginOf(bytes: Uint8Array, at: number): Uint8Array | undefined {
  const next = bytes[at + 1];
  if (next !== LINE_FEED && next !== RETURN) return undefined;
  let lineStart = at;
  while (lineStart > 0 && (bytes[lineStart - 1] === SPACE || bytes[lineStart - 1] === TAB)) lineStart--;
  return lineStart > 0 && bytes[lineStart - 1] === LINE_FEED ? bytes.slice(lineStart - 1, at) : undefined;
}

/**
 * Behind the last brace that has the margin before it, of an object that begins at `at` or later; -1 where there is
 * none.
 */
export function lastEndBehindMargin(buffer: Buffer, at: number, margin: Uint8Array): number {
  for (let brace = buffer.lastIndexOf(END_BRACE); brace > at; brace = buffer.lastIndexOf(END_BRACE, brace - 1)) {
    const start = brace - margin.length;
    if (start >= at && buffer[start] === LINE_FEED && margin.every((byte, i) => buffer[start + i] === byte)) {
      return brace + 1;
    }
  }
  return -1;
}

/** The objects of a text that may end too early or too late, or hold something else; undefined then. */
export function parseObjects(text: string): readonly object[] | undefined {
  try {
    const values: unknown = JSON.parse(`[${text}]`);
    return Array.isArray(values) && values.every(isObject) ? values : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
