import { StringDecoder } from 'node:string_decoder';
import { BRACE, BRACKET, BracketFinder } from './bracket-finder';
import { lastEndBehindMargin, marginOf, parseObjects } from './laid-out-object';
import { runOfElements, runOfLines, type ObjectRun } from './object-run';

/** The name of a list that is a whole document: `[{…},{…}]`. */
export const TOP_LIST = '';

/** An element of a list at the top of a document: what it says, or its JSON text where that was not read. */
export interface ListElement<List extends string> {
  readonly kind: 'element';
  readonly list: List | typeof TOP_LIST;
  readonly index: number;
  readonly value?: object;
  readonly text?: string;
}

/** The end of a document, with its JSON text: `{}` stands in the place of every element that was given before. */
export interface DocumentEnd {
  readonly kind: 'document';
  readonly text: string;
}

/** Elements that stand one behind the other, or documents a line each; the first has the index. */
export interface ScannedRun<List extends string> extends Omit<ObjectRun, 'end'> {
  readonly kind: 'elements' | 'documents';
  readonly list: List | typeof TOP_LIST;
  readonly index: number;
}

export type Scanned<List extends string> = ListElement<List> | ScannedRun<List> | DocumentEnd;

/** Where a list at the top begins: `"SecurityGroups": [`. */
const LIST_BEGINS = /"(\w+)"\s*:\s*\[$/;

/** Longer than any name of a list with the blanks around it. */
const LIST_BEGINS_CHARACTERS = 200;

/**
 * Where an element's end has not been found as its layout promises after so many bytes, it is searched for bracket by
 * bracket.
 */
const LONGEST_LAID_OUT = 4 * 1024 * 1024;

/** Bytes, several chunks of the input. */
const LONG_DOCUMENT = 1024 * 1024;

/** Bytes: a chunk of the input that is nearly at its end has no more than one object. */
const SHORT_REST = 64 * 1024;

/** So often in a row a run is searched for in vain in what has more than that; longer objects are few. */
const MOST_VAIN = 8;

/**
 * Splits JSON documents that follow each other into the elements of their lists while they are being read, so that only
 * one element is held at a time: lists that the document's object names, or the list that the document is. Elements
 * that are laid out over lines are found by their layout, which is several times faster; for others it knows strings
 * and brackets and nothing else: that they and the rest are JSON is for who parses them to see.
 *
 * @example
 *     const scanner = new JsonScanner(['SecurityGroups']);
 *     scanner.push(Buffer.from('{"SecurityGroups":[{"GroupId":"sg-1"}]} {"SecurityGroups":[{'));
 *     // element SecurityGroups[0] {"GroupId":"sg-1"}, document {"SecurityGroups":[{}]}
 */
export class JsonScanner<List extends string> {
  readonly #lists: readonly List[] | undefined;
  readonly #decoder = new StringDecoder('utf8');
  readonly #brackets = new BracketFinder();
  #scanned: Scanned<List>[] = [];

  /** What is being gone through: an element that has begun, and the bytes that came last. */
  #buffer: Buffer = Buffer.alloc(0);
  /** The same; a Buffer's own elements are slower to reach. */
  #bytes: Uint8Array = new Uint8Array();
  /** Where what has not been handed on begins. */
  #start = 0;
  /** How many bytes were before the buffer, and before the document. */
  #before = 0;
  #documentFrom = 0;
  /** The document so far, with placeholders. */
  #rest = '';
  #depth = 0;
  #list: List | typeof TOP_LIST = TOP_LIST;
  /** 1 or 2 within a list whose elements are given, else 0. */
  #listDepth = 0;
  #index = 0;
  #isLaidOut = true;
  /** How often in a row objects could not be found by how they begin. */
  #vain = 0;
  #hasLines = true;
  /** Of the element that has begun, where its end is searched for by its layout. */
  #margin: Uint8Array | undefined;

  /** @param lists undefined where documents are wanted whole */
  constructor(lists: readonly List[] | undefined) {
    this.#lists = lists;
  }

  /** Takes the next bytes; answers, in input order, what they complete. */
  push(chunk: Buffer): readonly Scanned<List>[] {
    const begun = this.#buffer.subarray(this.#start);
    this.#before += this.#start;
    this.#buffer = begun.length === 0 ? chunk : Buffer.concat([begun, chunk]);
    this.#bytes = new Uint8Array(this.#buffer.buffer, this.#buffer.byteOffset, this.#buffer.length);
    this.#start = 0;
    this.#scanned = [];
    this.#goThrough(this.#margin === undefined ? begun.length : 0);
    if (!this.#isInElement()) this.#keep(this.#buffer.length);
    return this.#scanned;
  }

  /** The last elements and documents; one that never ends is given as far as it goes, for whoever parses it to find. */
  end(): readonly Scanned<List>[] {
    if (this.#margin !== undefined) this.#isLaidOut = false;
    const last = this.push(Buffer.alloc(0));
    const text = this.#rest + this.#decoder.end() + this.#buffer.toString('utf8', this.#start);
    return text.trim() === '' ? last : [...last, { kind: 'document', text }];
  }

  #goThrough(from: number): void {
    const bytes = this.#bytes;
    for (let at = this.#brackets.next(bytes, from); at < bytes.length; at = this.#brackets.next(bytes, at + 1)) {
      const byte = bytes[at];
      if (byte === BRACE || byte === BRACKET) {
        this.#depth++;
        if (this.#listDepth === 0) {
          if (byte === BRACKET && this.#depth <= 2) this.#beginList(at);
          else if (byte === BRACE && this.#depth === 1) at = this.#takeLines(at);
        } else if (this.#depth === this.#listDepth + 1) {
          const end = this.#beginElement(at, byte === BRACE);
          // More bytes are needed.
          if (end === undefined) return;
          at = end;
        }
      } else {
        this.#depth--;
        if (this.#depth <= 0) this.#endDocument(at + 1);
        else if (this.#depth === this.#listDepth) this.#endElement(at + 1);
        else if (this.#depth < this.#listDepth) this.#listDepth = 0;
      }
    }
  }

  #beginList(at: number): void {
    if (this.#lists === undefined) return;
    this.#keep(at + 1);
    const name = LIST_BEGINS.exec(this.#rest.slice(-LIST_BEGINS_CHARACTERS))?.[1];
    const list = this.#depth === 1 ? TOP_LIST : this.#lists.find((one) => one === name);
    if (list === undefined) return;
    this.#list = list;
    this.#listDepth = this.#depth;
    this.#index = 0;
  }

  /** Answers the last byte of what it has gone through; undefined where it cannot tell without the bytes to come. */
  #beginElement(at: number, isObject: boolean): number | undefined {
    this.#keep(at);
    if (!isObject || !this.#isLaidOut) {
      this.#margin = undefined;
      return isObject ? this.#takeElements(at) : at;
    }
    this.#margin ??= marginOf(this.#bytes, at);
    if (this.#margin === undefined) return this.#takeElements(at);
    const end = lastEndBehindMargin(this.#buffer, at, this.#margin);
    if (end === -1 && this.#buffer.length - at < LONGEST_LAID_OUT) {
      this.#depth--;
      return undefined;
    }
    this.#margin = undefined;
    const values = end === -1 ? undefined : parseObjects(this.#buffer.toString('utf8', at, end));
    if (values === undefined) {
      this.#isLaidOut = false;
      return at;
    }
    this.#depth--;
    const list = this.#list;
    for (const value of values) this.#scanned.push({ kind: 'element', list, index: this.#index++, value });
    this.#rest += values.map(() => '{}').join();
    this.#start = end;
    return end - 1;
  }

  /** As many elements as can be found at once, with the first at `at`; answers the last byte that was gone through. */
  #takeElements(at: number): number {
    const run = this.#vain < MOST_VAIN ? runOfElements(this.#buffer, at) : undefined;
    if (run === undefined) {
      // The last one of a chunk is no run; others would be tried in vain again and again.
      if (this.#buffer.length - at >= SHORT_REST) this.#vain++;
      return at;
    }
    this.#vain = 0;
    this.#depth--;
    const { end, ...element } = run;
    this.#scanned.push({ kind: 'elements', list: this.#list, index: this.#index, ...element });
    this.#index += run.values.length;
    this.#rest += run.values.map(() => '{}').join();
    this.#start = end;
    return end - 1;
  }

  /** The same of documents that are a line each; those that have lists of their own are gone through. */
  #takeLines(at: number): number {
    const lists = this.#lists;
    if (lists === undefined || !this.#hasLines) return at;
    this.#keep(at);
    if (this.#rest.trim() !== '') return at;
    const run = runOfLines(this.#buffer, at);
    if (run === undefined || run.values.some((value) => lists.some((list) => list in value))) {
      this.#hasLines = this.#buffer.length - at < SHORT_REST;
      return at;
    }
    this.#rest = '';
    this.#depth = 0;
    const { end, ...element } = run;
    this.#scanned.push({ kind: 'documents', list: TOP_LIST, index: 0, ...element });
    this.#start = end;
    this.#documentFrom = this.#before + end;
    return end - 1;
  }

  #endElement(end: number): void {
    const text = this.#buffer.toString('utf8', this.#start, end);
    this.#scanned.push({ kind: 'element', list: this.#list, index: this.#index++, text });
    this.#rest += '{}';
    this.#start = end;
  }

  #endDocument(end: number): void {
    this.#keep(end);
    this.#scanned.push({ kind: 'document', text: this.#rest });
    this.#rest = '';
    this.#depth = 0;
    this.#listDepth = 0;
    const from = this.#documentFrom;
    this.#documentFrom = this.#before + end;
    // Documents that share a chunk mislead about each other's layout; trying again pays for long ones only.
    if (this.#documentFrom - from > LONG_DOCUMENT) {
      this.#isLaidOut = true;
      this.#vain = 0;
    }
  }

  /** What is before `end` and not yet handed on belongs to the document, not to an element. */
  #keep(end: number): void {
    this.#rest += this.#decoder.write(this.#buffer.subarray(this.#start, end));
    this.#start = end;
  }

  #isInElement(): boolean {
    return this.#listDepth > 0 && (this.#depth > this.#listDepth || this.#margin !== undefined);
  }
}
