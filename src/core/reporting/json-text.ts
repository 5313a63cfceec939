/** The JSON of a text. */
export function json(text: string): string {
  return JSON.stringify(text);
}

/** Beyond that a text is no longer one that comes again and again. */
const MOST_TEXTS = 10_000;

/** What is made of a text, once for all rows that have it, as they do accounts, Regions and reasons. */
export class PerText {
  readonly #made = new Map<string, string>();
  readonly #make: (text: string) => string;

  constructor(make: (text: string) => string) {
    this.#make = make;
  }

  of(text: string): string {
    const known = this.#made.get(text);
    if (known !== undefined) return known;
    const made = this.#make(text);
    if (this.#made.size < MOST_TEXTS) this.#made.set(text, made);
    return made;
  }
}

/** What is made of a list, once for all rows that share it, as they do those of standards and requirements. */
export class PerList {
  /** Weak maps cost the garbage collector more. */
  readonly #made = new Map<readonly string[], string>();
  readonly #make: (list: readonly string[]) => string;

  constructor(make: (list: readonly string[]) => string) {
    this.#make = make;
  }

  of(list: readonly string[]): string {
    const known = this.#made.get(list);
    if (known !== undefined) return known;
    const made = this.#make(list);
    if (this.#made.size < MOST_TEXTS) this.#made.set(list, made);
    return made;
  }
}
