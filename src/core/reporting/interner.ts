/**
 * Keeps one copy of every text that comes again and again, as accounts, Regions and standards do: of 100,000 findings
 * that are read one at a time, each brings its own.
 */
export class Interner {
  readonly #texts = new Map<string, string>();
  readonly #lists = new Map<string, readonly string[]>();

  text(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }

  /** The same of a text that may be missing. */
  optional(text: string | undefined): string | undefined {
    return text === undefined ? undefined : this.text(text);
  }

  /** The same for lists of texts whose order matters. */
  list(list: readonly string[]): readonly string[] {
    const key = list.join('\n');
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    const kept = list.map((text) => this.text(text));
    this.#lists.set(key, kept);
    return kept;
  }
}
