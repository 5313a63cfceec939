import { failure, success, type Result } from '../core/result';
import type { PortResult } from '../flow/ports';

/**
 * An outcome, or that it was late.
 *
 * @param what begins the sentence that says so, such as `The route tables of its VPC`
 * @param seconds of real time
 */
export async function withinTime<Value>(
  what: string,
  seconds: number,
  outcome: PortResult<Value>,
): Promise<Result<Value, string>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000, 'late');
  });
  try {
    const first = await Promise.race([outcome, late]);
    if (first === 'late') return failure(`${what} could not be read within ${String(seconds)} seconds.`);
    return first.ok ? success(first.value) : failure(`${what} could not be read: ${first.error.cause}`);
  } finally {
    clearTimeout(timer);
  }
}
