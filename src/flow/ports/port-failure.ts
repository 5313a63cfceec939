import type { Result } from '../../core/result';

/** A call that did not work, in terms that no SDK leaks into. */
export interface PortFailure {
  readonly code: FailureCode;
  /** The same call may work a moment later. */
  readonly retryable: boolean;
  /** A sentence for people: what was tried, and what the service said. */
  readonly cause: string;
}

export type FailureCode =
  | 'access-denied'
  /** The account has not enabled the Region, or has disabled it since: nobody can read or change anything there. */
  | 'region-disabled'
  | 'throttled'
  | 'unavailable'
  | 'not-found'
  /** Somebody else changed it first: a condition did not hold, or a name is taken. */
  | 'conflict'
  | 'invalid'
  | 'too-large'
  | 'unknown';

export type PortResult<Value> = Promise<Result<Value, PortFailure>>;
