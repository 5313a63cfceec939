import type { World } from './world';

interface Moment<State> {
  /** This is how it was up to then. */
  readonly untilMillis: number;
  readonly state: State;
}

/** How something was before each of its changes, for stale reads; kept only while the world asks for it. */
export class History<State> {
  readonly #moments: Moment<State>[] = [];

  /** @param copy of the state as it is before a change; made only when it is kept */
  remember({ clock, keepsHistory }: World, copy: () => State): void {
    if (keepsHistory) this.#moments.push({ untilMillis: clock.now(), state: copy() });
    else this.#moments.length = 0;
  }

  /** The state at that time; undefined when it is still the present one, or nothing was remembered. */
  at(millis: number | undefined): State | undefined {
    if (millis === undefined) return undefined;
    return this.#moments.find(({ untilMillis }) => untilMillis >= millis)?.state;
  }
}
