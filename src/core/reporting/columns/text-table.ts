import { Column } from './column';
import { PackedTexts } from './packed-texts';

/** A power of two; at most two in three are taken. */
const FIRST_PLACES = 1024;

/**
 * Texts of which each is there once in its scope, a number; by the order in which they came. A `Map` of texts takes
 * five times as much memory.
 */
export class TextTable {
  readonly #texts = new PackedTexts();
  readonly #scopes = Column.integers();
  readonly #hashes = Column.integers();
  /** The place of a text plus one, where its hash says or behind that; 0 where none is. */
  #table = new Uint32Array(FIRST_PLACES);

  get length(): number {
    return this.#texts.length;
  }

  /** The place of a text, which is the last one if it is new. */
  placeOf(scope: number, text: string): number {
    const hash = hashOf(scope, text);
    const mask = this.#table.length - 1;
    let at = hash & mask;
    for (let taken = this.#table[at] ?? 0; taken !== 0; taken = this.#table[at] ?? 0) {
      if (this.#isAt(taken - 1, hash, scope, text)) return taken - 1;
      at = (at + 1) & mask;
    }
    const place = this.#texts.add(text);
    this.#scopes.set(place, scope);
    this.#hashes.set(place, hash);
    this.#table[at] = place + 1;
    if (3 * this.length > 2 * this.#table.length) this.#grow();
    return place;
  }

  textAt(place: number): string {
    return this.#texts.at(place);
  }

  scopeAt(place: number): number {
    return this.#scopes.get(place);
  }

  #isAt(place: number, hash: number, scope: number, text: string): boolean {
    return this.#hashes.get(place) === hash && this.#scopes.get(place) === scope && this.#texts.at(place) === text;
  }

  #grow(): void {
    const table = new Uint32Array(4 * this.#table.length);
    const mask = table.length - 1;
    for (let place = 0; place < this.length; place++) {
      let at = this.#hashes.get(place) & mask;
      while (table[at] !== 0) at = (at + 1) & mask;
      table[at] = place + 1;
    }
    this.#table = table;
  }
}

/** FNV-1a of the code units: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(scope: number, text: string): number {
  let hash = 0x811c9dc5 ^ scope;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
