import type { Operation } from '@aws-sdk/client-lambda';

import type { Cancel } from '../../runtime/clock';
import type { World } from '../../runtime/world';
import type { ResolvedFunction } from '../functions';
import type { DurableState } from './durable-state';

/** One durable execution: its state as a value, and what is under way for it. */
export interface DurableExecution {
  readonly world: World;
  readonly arn: string;
  readonly name: string;
  readonly target: ResolvedFunction;
  readonly payload: string;
  readonly startedBy: 'synchronous' | 'asynchronous';
  readonly retentionDays: number;
  state: DurableState;
  /** The invocation that works on it now. */
  invocation: RunningInvocation | undefined;
  /** Invocations that failed in a row. */
  failures: number;
  timer: Cancel | undefined;
  retry: Cancel | undefined;
  readonly onEnd: (() => void)[];
}

export interface RunningInvocation {
  readonly requestId: string;
  readonly startMillis: number;
  /** Each checkpoint consumes the token and answers a new one. */
  token: string;
  /** For a repeated request (the SDK resends when a response was lost): the same answer again. */
  lastCheckpoint:
    { readonly token: string; readonly clientToken: string | undefined; readonly answer: CheckpointAnswer } | undefined;
  /** Something changed from outside while the function ran; it may have missed it. */
  disturbed: boolean;
}

export interface CheckpointAnswer {
  readonly token: string;
  readonly operations: readonly Operation[];
}
