/** What one step of a drill showed, as `drill --json` prints it. */
export interface DrillStep {
  /** Such as `close` or `repeated token`. */
  readonly step: string;
  readonly status: StepStatus;
  readonly found: string;
  /** What follows, or what to do; empty where nothing does. */
  readonly fix: string;
  /** How long it took, by this machine's clock. */
  readonly millis: number;
  /** Parts of it that the deployment has timed, in milliseconds. */
  readonly times?: Readonly<Record<string, number>>;
}

/**
 * `otherwise`: AWS answers another way than was assumed, and the deployment is made for that as well. `skipped`: what
 * it needs was not there, or the drill was interrupted.
 */
export type StepStatus = 'ok' | 'otherwise' | 'failed' | 'skipped';

/** What a step showed, before it is named and timed; with what the steps after it go on with. */
export interface Shown<Value = undefined> {
  readonly status: Exclude<StepStatus, 'skipped'>;
  readonly found: string;
  readonly fix?: string;
  readonly times?: Readonly<Record<string, number>>;
  readonly value?: Value;
}

/** A step that showed what was assumed. */
export function shown<Value>(found: string, value?: Value): Shown<Value> {
  return { status: 'ok', found, ...(value === undefined ? {} : { value }) };
}

/** A step that showed something else, which the deployment is made for. */
export function otherwise<Value>(found: string, fix: string, value?: Value): Shown<Value> {
  return { status: 'otherwise', found, fix, ...(value === undefined ? {} : { value }) };
}

/** A step that did not show what it was for. */
export function notShown(found: string, fix = ''): Shown<never> {
  return { status: 'failed', found, fix };
}
