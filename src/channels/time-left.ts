import { performance } from 'node:perf_hooks';

/** Slack waits for three seconds, the way to it and back included. */
const ANSWERED_WITHIN_MILLIS = 2_400;
/** Of the start of a container so much is counted at the most: some are started long before their first request. */
const MOST_START_MILLIS = 1_500;
/** What is late is tried all the same, so long. */
const LEAST_MILLIS = 600;
/** One call never takes all that is left. */
export const MOST_OF_ONE_MILLIS = 900;

/** How long a call may take that need not be made, so that whoever waits hears in time. */
export interface TimeLeft {
  /** A request came in; one at a time does. */
  readonly begin: () => void;
  /** Milliseconds for one call. */
  readonly ofOneCall: () => number;
}

/** The first request of a container has waited for its start as well. */
export function createTimeLeft(now: () => number = () => performance.now()): TimeLeft {
  let begun: number | undefined;
  let deadline = 0;
  return {
    begin() {
      const start = begun === undefined ? Math.min(now(), MOST_START_MILLIS) : 0;
      begun = now();
      deadline = begun + ANSWERED_WITHIN_MILLIS - start;
    },
    ofOneCall: () => Math.round(Math.min(MOST_OF_ONE_MILLIS, Math.max(LEAST_MILLIS, deadline - now()))),
  };
}
