import { StringDecoder } from 'node:string_decoder';

/** An element of a list at the top of a JSON document, as its own JSON text. */
export interface ListElement {
  readonly list: string;
  readonly index: number;
  readonly text: string;
}

export interface ElementScanner {
  /** Takes the next bytes of the document; answers the elements that they complete. */
  push(chunk: Buffer): readonly ListElement[];
  /** The document with `{}` in the place of every element that was answered. */
  end(): string;
}

const [QUOTE, BACKSLASH, BRACKET, END_BRACKET, BRACE, END_BRACE] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/** Where a list at the top begins: `"SecurityGroups": [`. */
const LIST_BEGINS = /"(\w+)"\s*:\s*\[$/;

/**
 * Cuts a JSON document into the elements of some of its lists while it is being read, so that only one is held at a time.
 * It knows strings and brackets and nothing else: that elements and the rest are JSON is for who parses them to see.
 */
export function createElementScanner(lists: readonly string[]): ElementScanner {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  /** Bytes of an element that has begun. */
  let begun: Buffer = Buffer.alloc(0);
  let list: string | undefined;
  let index = 0;
  let depth = 0;
  let isInString = false;
  let isEscaped = false;

  function push(chunk: Buffer): readonly ListElement[] {
    const elements: ListElement[] = [];
    const buffer = begun.length === 0 ? chunk : Buffer.concat([begun, chunk]);
    /** Where what has not been handed on begins. */
    let start = 0;
    for (let at = begun.length; at < buffer.length; at++) {
      const byte = buffer[at];
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) isInString = false;
      } else if (byte === QUOTE) {
        isInString = true;
      } else if (byte === BRACKET || byte === BRACE) {
        depth++;
        if (list !== undefined && depth === 3) {
          rest += decoder.write(buffer.subarray(start, at));
          start = at;
        } else if (list === undefined && depth === 2 && byte === BRACKET) {
          rest += decoder.write(buffer.subarray(start, at + 1));
          start = at + 1;
          const name = LIST_BEGINS.exec(rest)?.[1];
          list = name !== undefined && lists.includes(name) ? name : undefined;
          index = 0;
        }
      } else if (byte === END_BRACKET || byte === END_BRACE) {
        depth--;
        if (list !== undefined && depth === 2) {
          elements.push({ list, index: index++, text: buffer.toString('utf8', start, at + 1) });
          rest += '{}';
          start = at + 1;
        } else if (depth < 2) list = undefined;
      }
    }
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
