import { StringDecoder } from 'node:string_decoder';
import { lastEndBehindMargin, marginOf, parseObjects } from './laid-out-object';

/** An element of a list at the top of a JSON document: what it says, or its JSON text where that was not looked at. */
export interface ListElement<List> {
  readonly list: List;
  readonly index: number;
  readonly value?: object;
  readonly text?: string;
}

export interface ElementScanner<List> {
  /** Takes the next bytes of the document; answers the elements that they complete. */
  push(chunk: Buffer): readonly ListElement<List>[];
  /** The last elements, and the document with `{}` in the place of every element that was answered. */
  end(): { readonly elements: readonly ListElement<List>[]; readonly rest: string };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const END_BRACKET = 0x5d;
const BRACE = 0x7b;
const END_BRACE = 0x7d;

/** 1 for each byte that means nothing outside of a string. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  [QUOTE, BRACKET, END_BRACKET, BRACE, END_BRACE].includes(byte) ? 0 : 1,
);

/** Where a list at the top begins: `"SecurityGroups": [`. */
const LIST_BEGINS = /"(\w+)"\s*:\s*\[$/;

/** Where an element's end has not been found as its layout promises after so many bytes, it is looked for byte by byte. */
const LONGEST_LAID_OUT = 4 * 1024 * 1024;

/**
 * Cuts a JSON document into the elements of some of its lists while it is being read, so that only one is held at a time.
 * Elements that are laid out over lines are found by their layout, which is several times faster; for others it knows
 * strings and brackets and nothing else: that they and the rest are JSON is for who parses them to see.
 */
export function createElementScanner<List extends string>(lists: readonly List[]): ElementScanner<List> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  /** Bytes of an element that has begun. */
  let begun: Buffer = Buffer.alloc(0);
  /** How many of them have been gone through. */
  let lookedAt = 0;
  let list: List | undefined;
  let index = 0;
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  let isLaidOut = true;
  /** Of the element that has begun, where it is not looked at byte by byte. */
  let margin: Uint8Array | undefined;

  function push(chunk: Buffer): readonly ListElement<List>[] {
    const elements: ListElement<List>[] = [];
    // Copies: variables that a closure shares are several times slower to reach, and this is done for every byte.
    let [within, quoted, escaped] = [depth, isInString, isEscaped];
    const buffer = begun.length === 0 ? chunk : Buffer.concat([begun, chunk]);
    /** Where what has not been handed on begins. */
    let start = 0;
    // A Buffer's own elements are slower to reach.
    const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
    const end = bytes.length;
    for (let at = margin === undefined ? lookedAt : 0; at < end; at++) {
      if (!quoted) while (at < end && PLAIN[bytes[at] ?? 0] === 1) at++;
      else if (!escaped) while (at < end && bytes[at] !== QUOTE && bytes[at] !== BACKSLASH) at++;
      if (at === end) break;
      const byte = bytes[at];
      if (quoted) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) quoted = false;
      } else if (byte === QUOTE) {
        quoted = true;
      } else if (byte === BRACKET || byte === BRACE) {
        within++;
        if (within > 3) continue;
        if (list !== undefined && within === 3) {
          rest += decoder.write(buffer.subarray(start, at));
          start = at;
          if (!isLaidOut || byte !== BRACE) continue;
          margin ??= marginOf(bytes, at);
          if (margin === undefined) continue;
          const next = lastEndBehindMargin(buffer, at, margin);
          if (next === -1 && end - at < LONGEST_LAID_OUT) {
            within--;
            break;
          }
          const values = next === -1 ? undefined : parseObjects(buffer.toString('utf8', at, next));
          margin = undefined;
          if (values === undefined) {
            isLaidOut = false;
            continue;
          }
          within--;
          for (const value of values) elements.push({ list, index: index++, value });
          rest += values.map(() => '{}').join();
          start = next;
          at = next - 1;
        } else if (list === undefined && within === 2 && byte === BRACKET) {
          rest += decoder.write(buffer.subarray(start, at + 1));
          start = at + 1;
          const name = LIST_BEGINS.exec(rest)?.[1];
          list = lists.find((one) => one === name);
          index = 0;
        }
      } else if (byte === END_BRACKET || byte === END_BRACE) {
        within--;
        if (within > 2) continue;
        if (list !== undefined && within === 2) {
          elements.push({ list, index: index++, text: buffer.toString('utf8', start, at + 1) });
          rest += '{}';
          start = at + 1;
        } else if (within < 2) list = undefined;
      }
    }
    [depth, isInString, isEscaped] = [within, quoted, escaped];
    if (list !== undefined && (depth > 2 || margin !== undefined)) begun = buffer.subarray(start);
    else {
      rest += decoder.write(buffer.subarray(start));
      begun = Buffer.alloc(0);
    }
    lookedAt = begun.length;
    return elements;
  }

  function end(): ReturnType<ElementScanner<List>['end']> {
    if (margin !== undefined) {
      isLaidOut = false;
      margin = undefined;
      lookedAt = 0;
    }
    const elements = push(Buffer.alloc(0));
    return { elements, rest: rest + decoder.end() + begun.toString('utf8') };
  }

  return { push, end };
}
