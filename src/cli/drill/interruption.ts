import { constants } from 'node:os';
import { failure } from '../../core/result';
import type { Gate } from '../../flow/drill/gate';

/** The last one: nobody reads what the drill prints any more, as behind `| head -1`. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGPIPE'] as const;

/** What somebody who presses Ctrl-C is owed: nothing new begins, what is under way ends, and then all is removed. */
export interface Interruption {
  isInterrupted(): boolean;
  /** Is over at once when somebody interrupts. */
  pause(millis: number): Promise<void>;
  /** Refuses every call from then on. */
  readonly gate: Gate;
  /** Until no call is under way. */
  finished(): Promise<void>;
  /** Leaves signals alone again. */
  forget(): void;
}

/** @param notify is called once, at the first signal; the second one ends the process outright */
export function createInterruption(notify: (signal: NodeJS.Signals) => void): Interruption {
  let isInterrupted = false;
  let interrupt = (): void => undefined;
  const interrupted = new Promise<undefined>((resolve) => {
    interrupt = () => {
      resolve(undefined);
    };
  });
  const underWay = new Set<Promise<unknown>>();
  const onSignal = (signal: (typeof SIGNALS)[number]): void => {
    // Whatever is printed from now on is not read either.
    if (isInterrupted && signal === 'SIGPIPE') return;
    if (isInterrupted) process.exit(128 + constants.signals[signal]);
    isInterrupted = true;
    notify(signal);
    interrupt();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    isInterrupted: () => isInterrupted,
    async pause(millis) {
      let timer: NodeJS.Timeout | undefined;
      const passed = new Promise<void>((resolve) => (timer = setTimeout(resolve, millis)));
      await Promise.race([passed, interrupted]);
      clearTimeout(timer);
    },
    async gate(_name, call) {
      if (isInterrupted) return failure({ code: 'unknown', retryable: false, cause: 'the drill was interrupted' });
      const made = call();
      underWay.add(made);
      try {
        return await made;
      } finally {
        underWay.delete(made);
      }
    },
    async finished() {
      await Promise.allSettled(underWay);
    },
    forget() {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}
