/** What takes no longer than this says nothing of itself. */
const QUIET_MILLIS = 2_000;
const EVERY_MILLIS = 250;

/** Goes back to the beginning of the line, and clears it. */
const AFRESH = '\r\u001b[K';

export interface ReportProgress {
  /** Says how far it is; may be called as often as something happens. */
  show(text: string): void;
  /** Takes the line away. */
  clear(): void;
}

/**
 * A line on a terminal that says how far a report is, once it takes more than two seconds. It is asked and has no
 * timer: a report leaves none the time. Nothing where standard error is no terminal, or where nobody is to be notified.
 *
 * @param now milliseconds since any moment
 */
export function createReportProgress(
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>,
  isQuiet: boolean,
  now: () => number = () => performance.now(),
): ReportProgress {
  if (!stream.isTTY || isQuiet) return { show: () => undefined, clear: () => undefined };
  const begun = now();
  let last = -Infinity;
  return {
    show(text) {
      const at = now();
      if (at - begun < QUIET_MILLIS || at - last < EVERY_MILLIS) return;
      last = at;
      stream.write(`${AFRESH}${text} …`);
    },
    clear() {
      if (last > -Infinity) stream.write(AFRESH);
    },
  };
}
