import { Column } from './column';

/** So many texts are one text of V8's. */
const TEXTS_A_BLOCK = 256;

/**
 * Texts that come once each, by the order in which they came. They are held some hundreds together, as one long text of
 * which a part is given: a text by itself takes 16 bytes more and a reference, which the garbage collector follows.
 */
export class PackedTexts {
  readonly #blocks: string[] = [];
  /** Where each begins in its block. */
  readonly #starts = Column.integers();
  /** The texts that came last. */
  #last: string[] = [];
  #lastCharacters = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Answers its place. */
  add(text: string): number {
    const place = this.#length++;
    if (this.#last.length === TEXTS_A_BLOCK) this.#pack();
    this.#starts.set(place, this.#lastCharacters);
    this.#lastCharacters += text.length;
    this.#last.push(text);
    return place;
  }

  /** Empty for a place that none has. */
  at(place: number): string {
    const within = place % TEXTS_A_BLOCK;
    const block = this.#blocks[(place - within) / TEXTS_A_BLOCK];
    if (block === undefined) return this.#last[within] ?? '';
    const end = within === TEXTS_A_BLOCK - 1 ? block.length : this.#starts.get(place + 1);
    return block.slice(this.#starts.get(place), end);
  }

  #pack(): void {
    this.#blocks.push(this.#last.join(''));
    this.#last = [];
    this.#lastCharacters = 0;
  }
}
