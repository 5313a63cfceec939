/** Cancels a scheduled task; harmless once it has run. */
export type Cancel = () => void;

export interface ScheduleOptions {
  /**
   * A background task runs when time passes it, but `skipping` time does not jump for its sake. Everything that
   * schedules itself again and again (rate and cron rules) must be one, or skipping time would never come to rest.
   */
  readonly background?: boolean;
}

/**
 * The sandbox's time. Everything that waits (durable waits, message visibility, runbook steps, schedules) waits on it,
 * so that tests drive time instead of sleeping.
 *
 * - `real`: time passes as outside.
 * - `skipping`: time passes as outside, much slower while anything is under way (how fast the machine works is not how
 *   fast AWS does), and as soon as nothing is it jumps to the next scheduled task, unless that lies beyond the horizon
 *   (waits for a person must not be over before the person has seen the question).
 * - `manual`: time stands still until `advance`; what is due at once runs with `advance(0)`.
 */
export interface Clock {
  readonly mode: 'real' | 'skipping' | 'manual';
  /** Milliseconds since the epoch. */
  now(): number;
  /** How fast it passes while anything is under way, of the machine's time: 0 if it stands still. */
  readonly paceUnderWay: number;
  schedule(atMillis: number, task: () => void | Promise<void>, options?: ScheduleOptions): Cancel;
  /** Counts as under way until the promise settles: holds `skipping` time still. */
  busy<Value>(work: Promise<Value>): Promise<Value>;
  /**
   * The opposite, for use inside work that is busy (every operation's handler is): while the promise is pending, the
   * work only waits for time or for others, as a long poll does, and does not hold time still.
   */
  waiting<Value>(wait: Promise<Value>): Promise<Value>;
  /** Moves time on, running what comes due in order, each to its end. */
  advance(millis: number): Promise<void>;
  /** It is later all at once, and nothing ran meanwhile: what came due runs when time next moves. */
  jump(millis: number): void;
  /** Resolves when nothing is under way and (in `skipping` mode) nothing is scheduled within the horizon. */
  idle(): Promise<void>;
  stop(): void;
}
