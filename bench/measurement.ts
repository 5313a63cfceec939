/** One line of `npm run bench -- --json`. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is held against: a peer, a physical limit, or the empty thing. */
  readonly against: string;
  /** Ours divided by theirs. */
  readonly ratio: number;
}
