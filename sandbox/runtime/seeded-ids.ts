/** Random-looking, and the same in every run with the same seed. */
export class SeededIds {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** `id('sg-', 17)` → `sg-0…`: EC2's long ids start with a zero. */
  id(prefix: string, hexDigits: number): string {
    const digits = this.#digits(hexDigits, '0123456789abcdef');
    return prefix + (hexDigits === 17 ? `0${digits.slice(1)}` : digits);
  }

  uuid(): string {
    const hex = this.#digits(32, '0123456789abcdef');
    const variant = '89ab'.charAt(this.#next(4));
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `${variant}${hex.slice(17, 20)}`,
      hex.slice(20),
    ].join('-');
  }

  /** Letters and digits as access keys and CloudFormation's generated names have them. */
  letters(count: number): string {
    return this.#digits(count, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');
  }

  #digits(count: number, alphabet: string): string {
    // Every call of AWS gets a request id: no list on the way.
    let digits = '';
    for (let given = 0; given < count; given++) digits += alphabet.charAt(this.#next(alphabet.length));
    return digits;
  }

  /** Mulberry32, a small generator of public domain. */
  #next(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }
}
