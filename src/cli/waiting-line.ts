import { columnsOf, truncateToColumns } from './fit-lines';

/** What takes no longer than this says nothing of itself. */
const QUIET_MILLIS = 2_000;
const EVERY_MILLIS = 1_000;

/** Goes back to the beginning of the line, and clears it. */
const AFRESH = '\r\u001b[K';

export interface WaitingOptions {
  /** A machine reads what is printed: nobody is shown how long it takes. */
  readonly json?: true;
  readonly stream?: NodeJS.WriteStream;
}

/**
 * A line on a terminal that says what is waited for and how long already, once that takes more than two seconds: who
 * waits knows that it goes on. Nothing where standard error is no terminal.
 *
 * @param what as it is when the line is written
 * @returns how to take it away
 */
export function showWaiting(
  what: string | (() => string),
  { json, stream = process.stderr }: WaitingOptions = {},
): () => void {
  if (!stream.isTTY || json) return () => undefined;
  const begun = performance.now();
  let isShown = false;
  const timer = setInterval(() => {
    const millis = performance.now() - begun;
    if (millis < QUIET_MILLIS) return;
    isShown = true;
    const line = `${typeof what === 'string' ? what : what()}, ${String(Math.round(millis / 1000))} s …`;
    // One that is longer than the terminal would not be taken away again.
    stream.write(`${AFRESH}${truncateToColumns(line, Math.max(20, (columnsOf(stream) ?? 80) - 1))}`);
  }, EVERY_MILLIS);
  // It does not keep the process alive.
  timer.unref();
  return () => {
    clearInterval(timer);
    if (isShown) stream.write(AFRESH);
  };
}
