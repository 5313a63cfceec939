import { failure, success, type Result } from '../core/result';
import type { PortResult } from '../flow/ports';

/** A time that several reads share, of real seconds. */
export interface TimeBudget {
  /**
   * An outcome, or that it was late.
   *
   * @param what begins the sentence that says so, such as `The route tables of its VPC`
   */
  read<Value>(what: string, outcome: PortResult<Value>): Promise<Result<Value, string>>;
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

/** One outcome with a time of its own, or that it was late: see {@link TimeBudget.read}. */
export async function withinTime<Value>(
  what: string,
  seconds: number,
  outcome: PortResult<Value>,
): Promise<Result<Value, string>> {
  const budget = startTimeBudget(seconds);
  try {
    return await budget.read(what, outcome);
  } finally {
    budget.end();
  }
}
