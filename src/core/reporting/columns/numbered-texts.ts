/**
 * One copy of every text that comes again and again, as accounts, Regions and standards do, by a number; undefined
 * is 0.
 */
export class NumberedTexts {
  readonly #numbers = new Map<string | undefined, number>([[undefined, 0]]);
  readonly #texts: (string | undefined)[] = [undefined];

  numberOf(text: string | undefined): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#texts.length;
    this.#numbers.set(text, number);
    this.#texts.push(text);
    return number;
  }

  textOf(number: number): string | undefined {
    return this.#texts[number];
  }
}

const NONE: readonly never[] = [];

/** The same for lists of texts whose order matters; the empty one is 0. */
export class NumberedLists {
  readonly #keys = new NumberedTexts();
  readonly #lists: (readonly string[])[] = [NONE];

  /** @param guess the number of a list that may well be the same: to compare is faster than to look up */
  numberOf(list: readonly string[], guess = 0): number {
    if (list.length === 0) return 0;
    if (isSame(this.listOf(guess), list)) return guess;
    const number = this.#keys.numberOf(list.join('\n'));
    this.#lists[number] ??= list;
    return number;
  }

  listOf(number: number): readonly string[] {
    return this.#lists[number] ?? NONE;
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, at) => text === other[at]);
}
