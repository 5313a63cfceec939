/** Cancels a scheduled task; harmless once it has run. */
export type Cancel = () => void;

/**
 * The sandbox's time. Everything that waits (durable waits, message visibility, runbook steps, schedules) waits on it,
 * so that tests drive time instead of sleeping.
 *
 * - `real`: time passes as outside.
 * - `skipping`: as soon as nothing is under way, time jumps to the next scheduled task.
 * - `manual`: time stands still until `advance`.
 */
export interface Clock {
  readonly mode: 'real' | 'skipping' | 'manual';
  /** Milliseconds since the epoch. */
  now(): number;
  schedule(atMillis: number, task: () => void | Promise<void>): Cancel;
  /** Counts as under way until the promise settles: holds `skipping` time still. */
  busy<Value>(work: Promise<Value>): Promise<Value>;
  /** Moves time on, running what comes due in order, each to its end. */
  advance(millis: number): Promise<void>;
  /** Resolves when nothing is under way and (in `skipping` mode) nothing is scheduled within the horizon. */
  idle(): Promise<void>;
  stop(): void;
}
