import type { Clock } from '../../runtime/clock';

/**
 * The SDK's, with its standard retry mode: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const LONGEST_MILLIS = 20_000;

/** Calls of one invocation that were throttled. */
interface Throttled {
  /** So far. */
  calls: number;
  /** Of them, those that wait now. */
  waiting: number;
  end: () => void;
}

/** Lets pass what SDKs wait between a throttled call and its next attempt, by whoever makes the calls. */
export class BackOff<Caller> {
  readonly #clock: Clock;
  readonly #longestFirstMillis: number;
  readonly #throttled = new Map<Caller, Throttled>();

  /**
   * @param longestFirstMillis the longest first pause; it doubles each time, and half of it passes: the SDK draws it at
   * random
   */
  constructor(clock: Clock, longestFirstMillis: number) {
    this.#clock = clock;
    this.#longestFirstMillis = longestFirstMillis;
  }

  async wait(caller: Caller): Promise<void> {
    const throttled = this.#throttled.get(caller) ?? { calls: 0, waiting: 0, end: () => undefined };
    this.#throttled.set(caller, throttled);
    const millis = Math.min(this.#longestFirstMillis * 2 ** throttled.calls, LONGEST_MILLIS) / 2;
    throttled.calls += 1;
    if (throttled.waiting === 0) this.#letInvocationWait(throttled);
    throttled.waiting += 1;
    const atMillis = this.#clock.now() + millis;
    await this.#clock.waiting(new Promise<void>((resolve) => this.#clock.schedule(atMillis, resolve)));
    throttled.waiting -= 1;
    if (throttled.waiting === 0) throttled.end();
  }

  /** The invocation is over, also when some of its calls still wait; the next one begins with the shortest pause. */
  forget(caller: Caller): void {
    this.#throttled.get(caller)?.end();
    this.#throttled.delete(caller);
  }

  /** As long as any of its calls waits, the invocation does, and what it was invoked for. */
  #letInvocationWait(throttled: Throttled): void {
    const over = new Promise<void>((resolve) => (throttled.end = resolve));
    void this.#clock.waiting(this.#clock.waiting(over));
  }
}
