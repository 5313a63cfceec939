/** The JSON of a text. */
export function json(text: string): string {
  return JSON.stringify(text);
}

/** What is made of a list, once for all rows that share it, as they do those of standards and requirements. */
export class PerList {
  readonly #made = new WeakMap<readonly string[], string>();
  readonly #make: (list: readonly string[]) => string;

  constructor(make: (list: readonly string[]) => string) {
    this.#make = make;
  }

  of(list: readonly string[]): string {
    const known = this.#made.get(list);
    if (known !== undefined) return known;
    const made = this.#make(list);
    this.#made.set(list, made);
    return made;
  }
}
