const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export const BRACKET = 0x5b;
const END_BRACKET = 0x5d;
export const BRACE = 0x7b;
export const END_BRACE = 0x7d;

/** 1 for each byte that means nothing outside of a string. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  [QUOTE, BRACKET, END_BRACKET, BRACE, END_BRACE].includes(byte) ? 0 : 1,
);

/** Finds the brackets and braces of JSON that are not within a string, in bytes that come in chunks. */
export class BracketFinder {
  #isInString = false;
  #isEscaped = false;

  /** The index of the next one, at `from` or behind it; the length of the bytes where there is none. */
  next(bytes: Uint8Array, from: number): number {
    const end = bytes.length;
    let at = from;
    while (at < end) {
      if (this.#isInString) at = this.#behindString(bytes, at);
      // Every byte of the input passes through here or through #behindString: they know nothing but local variables.
      while (at < end && PLAIN[bytes[at] ?? 0] === 1) at++;
      if (at === end) return end;
      if (bytes[at] !== QUOTE) return at;
      this.#isInString = true;
      at++;
    }
    return end;
  }

  /** Behind the quote that ends the string that `from` is in; the length of the bytes where it goes on. */
  #behindString(bytes: Uint8Array, from: number): number {
    const end = bytes.length;
    let at = from;
    if (this.#isEscaped && at < end) {
      this.#isEscaped = false;
      at++;
    }
    while (at < end) {
      while (at < end && bytes[at] !== QUOTE && bytes[at] !== BACKSLASH) at++;
      if (at === end) return end;
      if (bytes[at] === QUOTE) {
        this.#isInString = false;
        return at + 1;
      }
      if (at + 1 === end) {
        this.#isEscaped = true;
        return end;
      }
      at += 2;
    }
    return end;
  }
}
