import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * From now on a signal ends the process by way of its `exit` event, with the exit code that shells give it, so that
 * {@link onExit} has its turn. Answers how to stop that.
 *
 * @param left what is left then and how to go on, for standard error
 */
export function exitOnSignals(left?: () => string): () => void {
  const exit = (signal: (typeof SIGNALS)[number]): never => {
    if (left !== undefined) process.stderr.write(`${signal}: ${left()}\n`);
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of SIGNALS) process.on(signal, exit);
  return () => {
    for (const signal of SIGNALS) process.off(signal, exit);
  };
}

/**
 * Waits for a signal. From the next one on the process ends by way of its `exit` event, with the exit code that shells
 * give it: who presses Ctrl-C again does not want to wait, and npm passes on what the terminal has sent already.
 */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    let isFirst = true;
    for (const signal of SIGNALS) {
      // Stays on: in a moment without a listener a second signal would end the process outright, and leave things
      // behind.
      process.on(signal, () => {
        if (!isFirst) process.exit(128 + constants.signals[signal]);
        isFirst = false;
        resolve();
      });
    }
  });
}

const cleanUps = new Set<() => void>();

/**
 * Runs when the process ends, the latest first, unless it is killed outright. Only what is synchronous gets done then.
 * Answers how to forget it.
 */
export function onExit(cleanUp: () => void): () => void {
  if (cleanUps.size === 0) process.on('exit', cleanUpAll);
  cleanUps.add(cleanUp);
  return () => {
    cleanUps.delete(cleanUp);
    if (cleanUps.size === 0) process.off('exit', cleanUpAll);
  };
}

function cleanUpAll(): void {
  for (const cleanUp of [...cleanUps].reverse()) {
    try {
      cleanUp();
    } catch {
      // The others have their turn all the same.
    }
  }
}
