import { failure, success, type Result } from '../core/result';
import type { PortResult } from '../flow/ports';

/**
 * An outcome, or that it was late.
 *
 * @param what begins the sentence that says so, such as `The route tables of its VPC`
 */
export type TimedRead = <Value>(what: string, outcome: PortResult<Value>) => Promise<Result<Value, string>>;

/** A time that several reads share, of real seconds. */
export interface TimeBudget {
  readonly read: TimedRead;
  /** Nothing more is read. */
  end(): void;
}

/** Reads that begin now, or later, have so many seconds from now. */
export function startTimeBudget(seconds: number): TimeBudget {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000, 'late');
  });
  return {
    async read(what, outcome) {
      const first = await Promise.race([outcome, late]);
      if (first === 'late') return failure(`${what} could not be read within ${String(seconds)} seconds.`);
      return first.ok ? success(first.value) : failure(`${what} could not be read: ${first.error.cause}`);
    },
    end: () => {
      clearTimeout(timer);
    },
  };
}
