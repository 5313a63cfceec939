import { isAscii } from 'node:buffer';
import { parseObjects } from './laid-out-object';

const COMMA = 0x2c;
const END_BRACE = 0x7d;
const LINE_FEED = 0x0a;
const BLANKS: ReadonlySet<number | undefined> = new Set([0x20, 0x09, LINE_FEED, 0x0d]);

/** Objects of a list that stand one behind the other, or documents that do. */
export interface ObjectRun {
  readonly values: readonly object[];
  /** Behind the last one. */
  readonly end: number;
  /** Their JSON, as it was read. */
  readonly text: string;
  /** What stands between two of them, from the brace that ends one to the name of the other's first member. */
  readonly between: string;
}

/** `{"Id":`, the beginning of an object whose first member has a plain name. */
const OPENING = /^\{"[A-Za-z]\w*":/;
const OPENING_BYTES = 100;

/** Objects may hold lists of objects that begin as they do: the end of one of these has been tried in vain. */
const TRIES = 4;

/**
 * The objects of a list from the one at `at`, as many as the bytes have whole, where they are not laid out over lines.
 * Their ends are found by how they begin, and `JSON.parse` says whether that was right: a text that stops within a
 * string or an object is no JSON, and there is only one way to read one that is. Going through the bytes for brackets
 * and parsing objects one by one takes three times as long. Undefined where it cannot be done so.
 */
export function runOfElements(bytes: Buffer, at: number): ObjectRun | undefined {
  const opening = openingAt(bytes, at);
  if (opening === undefined) return undefined;
  let tries = TRIES;
  for (const { end, next } of objectsBefore(bytes, at, opening, COMMA)) {
    if (tries-- === 0) return undefined;
    const text = decode(bytes.subarray(at, end));
    const values = parseObjects(text);
    if (values !== undefined) return { values, end, text, between: bytes.toString('utf8', end - 1, next) + opening };
  }
  return undefined;
}

/** The same of documents, a line each. */
export function runOfLines(bytes: Buffer, at: number): ObjectRun | undefined {
  const opening = openingAt(bytes, at);
  if (opening === undefined) return undefined;
  const [last] = objectsBefore(bytes, at, opening, LINE_FEED);
  if (last === undefined) return undefined;
  const text = bytes.toString('utf8', at, last.end).replaceAll(/\r?\n/g, '\n');
  const values: object[] = [];
  for (const line of text.split('\n')) {
    const [value, ...more] = parseObjects(line) ?? [];
    if (value === undefined || more.length > 0) return undefined;
    values.push(value);
  }
  return { values, end: last.end, text, between: `}\n${opening}` };
}

/** Most of it is ASCII, which is recognized and decoded several times as fast. */
function decode(bytes: Buffer): string {
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
}

function openingAt(bytes: Buffer, at: number): string | undefined {
  return OPENING.exec(bytes.toString('latin1', at, at + OPENING_BYTES))?.[0];
}

/** Where something begins as the first object does, with the end of an object and a separator before it; last first. */
function* objectsBefore(
  bytes: Buffer,
  at: number,
  opening: string,
  separator: number,
): Generator<{ readonly end: number; readonly next: number }> {
  for (let next = bytes.lastIndexOf(opening); next > at; next = bytes.lastIndexOf(opening, next - 1)) {
    let end = next;
    let isSeparated = false;
    for (; end > at; end--) {
      const byte = bytes[end - 1];
      if (byte === separator) isSeparated = true;
      else if (!BLANKS.has(byte)) break;
    }
    if (isSeparated && end > at && bytes[end - 1] === END_BRACE) yield { end, next };
  }
}
