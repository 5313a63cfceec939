import { once } from 'node:events';
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * From now on a signal ends the process by way of its `exit` event, with the exit code that shells give it, so that
 * {@link onExit} has its turn. Answers how to stop that.
 */
export function exitOnSignals(): () => void {
  const exit = (signal: (typeof SIGNALS)[number]): never => process.exit(128 + constants.signals[signal]);
  for (const signal of SIGNALS) process.on(signal, exit);
  return () => {
    for (const signal of SIGNALS) process.off(signal, exit);
  };
}

export async function untilSignal(): Promise<void> {
  const first = new AbortController();
  await Promise.race(SIGNALS.map((signal) => once(process, signal, { signal: first.signal })));
  first.abort();
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
  for (const cleanUp of [...cleanUps].reverse()) cleanUp();
}
