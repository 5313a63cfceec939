/** What takes no longer than this says nothing of itself. */
const QUIET_MILLIS = 2_000;
const EVERY_MILLIS = 1_000;

/** Goes back to the beginning of the line, and clears it. */
const AFRESH = '\r\u001b[K';

/**
 * A line on a terminal that says what is waited for and how long already, once that takes more than two seconds: who
 * waits knows that it goes on. Nothing where standard error is no terminal.
 *
 * @returns how to take it away
 */
export function showWaiting(what: string, stream: NodeJS.WriteStream = process.stderr): () => void {
  if (!stream.isTTY) return () => undefined;
  const begun = performance.now();
  let isShown = false;
  const timer = setInterval(() => {
    const millis = performance.now() - begun;
    if (millis < QUIET_MILLIS) return;
    isShown = true;
    const line = `${what}, ${String(Math.round(millis / 1000))} s …`;
    // One that is longer than the terminal would not be taken away again.
    stream.write(`${AFRESH}${line.slice(0, Math.max(20, stream.columns - 1))}`);
  }, EVERY_MILLIS);
  // It does not keep the process alive.
  timer.unref();
  return () => {
    clearInterval(timer);
    if (isShown) stream.write(AFRESH);
  };
}
