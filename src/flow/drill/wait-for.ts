import type { Result } from '../../core/result';
import type { DrillPorts, PortFailure } from '../ports';

const FIRST_PAUSE_MILLIS = 250;
const LONGEST_PAUSE_MILLIS = 5_000;

export interface Waiting<Value> {
  readonly ask: () => Promise<Result<Value, PortFailure>>;
  readonly isThere: (value: Value) => boolean;
  readonly patienceMillis: number;
}

/**
 * Asks again and again until what is waited for is there, a call fails for good, or the patience is over: then the last
 * answer is the answer.
 */
export async function waitFor<Value>(
  { ask, isThere, patienceMillis }: Waiting<Value>,
  ports: Pick<DrillPorts, 'elapsed' | 'pause' | 'isInterrupted'>,
): Promise<Result<Value, PortFailure>> {
  const begun = ports.elapsed();
  let millis = FIRST_PAUSE_MILLIS;
  for (;;) {
    const answer = await ask();
    const isOver = ports.isInterrupted() || ports.elapsed() - begun > patienceMillis;
    if (isOver || (answer.ok ? isThere(answer.value) : !answer.error.retryable)) return answer;
    await ports.pause(millis);
    millis = Math.min(millis * 1.5, LONGEST_PAUSE_MILLIS);
  }
}
