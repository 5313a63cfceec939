import type { PortResult } from '../ports';

/**
 * Ends the execution as failed, so that its alarm rings: what it needs most, the hub or the ledger, is out of reach.
 */
export class ExecutionFailure extends Error {
  override readonly name = 'ExecutionFailure';
}

/** The value; a failure is thrown as ExecutionFailure, which ends the execution. */
export async function orFail<Value>(outcome: PortResult<Value>): Promise<Value> {
  const result = await outcome;
  if (result.ok) return result.value;
  throw new ExecutionFailure(result.error.cause);
}
