type Numbers = Uint8Array | Uint32Array | Float64Array;

const FIRST = 1024;

/**
 * A number for each place, 0 where none was set. Typed arrays take as many bytes as they say, and the garbage collector
 * does not look into them: a report holds a dozen numbers of each of a million findings.
 */
export class Column {
  readonly #make: (length: number) => Numbers;
  #values: Numbers;

  private constructor(make: (length: number) => Numbers) {
    this.#make = make;
    this.#values = make(FIRST);
  }

  /** Of numbers below 256. */
  static bytes(): Column {
    return new Column((length) => new Uint8Array(length));
  }

  /** Of whole numbers below 2³². */
  static integers(): Column {
    return new Column((length) => new Uint32Array(length));
  }

  /** Of all numbers. */
  static numbers(): Column {
    return new Column((length) => new Float64Array(length));
  }

  get(place: number): number {
    return this.#values[place] ?? 0;
  }

  set(place: number, value: number): void {
    if (place >= this.#values.length) this.#grow(place + 1);
    this.#values[place] = value;
  }

  #grow(least: number): void {
    const grown = this.#make(Math.max(least, 2 * this.#values.length));
    grown.set(this.#values);
    this.#values = grown;
  }
}
