/** The time, passed in: nothing of the flow reads a clock of its own. */
export interface Clock {
  /** The time now. */
  now(): Date;
}
