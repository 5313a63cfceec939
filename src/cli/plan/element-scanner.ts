import { StringDecoder } from 'node:string_decoder';

/** An element of a list at the top of a JSON document, as its own JSON text. */
export interface ListElement<List> {
  readonly list: List;
  readonly index: number;
  readonly text: string;
}

export interface ElementScanner<List> {
  /** Takes the next bytes of the document; answers the elements that they complete. */
  push(chunk: Buffer): readonly ListElement<List>[];
  /** The document with `{}` in the place of every element that was answered. */
  end(): string;
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

/**
 * Cuts a JSON document into the elements of some of its lists while it is being read, so that only one is held at a time.
 * It knows strings and brackets and nothing else: that elements and the rest are JSON is for who parses them to see.
 */
export function createElementScanner<List extends string>(lists: readonly List[]): ElementScanner<List> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  /** Bytes of an element that has begun. */
  let begun: Buffer = Buffer.alloc(0);
  let list: List | undefined;
  let index = 0;
  let depth = 0;
  let isInString = false;
  let isEscaped = false;

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
    for (let at = begun.length; at < end; at++) {
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
    if (list !== undefined && depth > 2) begun = buffer.subarray(start);
    else {
      rest += decoder.write(buffer.subarray(start));
      begun = Buffer.alloc(0);
    }
    return elements;
  }

  return {
    push,
    end: () => rest + decoder.end() + begun.toString('utf8'),
  };
}
