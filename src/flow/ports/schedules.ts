import type { PortResult } from './port-failure';

/**
 * What is due later: a message that comes back into the queue. It is a hint and no more: whoever takes it asks the
 * ledger whether it is still due.
 */
export interface Schedules {
  /** A name that is taken is scheduled already: it may be repeated, and the first time stays. */
  scheduleOnce(schedule: OneTimeSchedule): PortResult<void>;
  /** One that there is none of (any more) is no failure. */
  cancelSchedule(name: string): PortResult<void>;
}

export interface OneTimeSchedule {
  /** From kind and id, such as `question-end-qst-0123456789abcdef`: 1 to 64 letters, digits, `-`, `_` and `.`. */
  readonly name: string;
  /** Never delivered before; within a minute after it. What is over already is delivered in a minute. */
  readonly at: Date;
  readonly message: DueMessage;
}

export interface DueMessage {
  readonly kind: 'due';
  /** What is due, by which the dispatcher knows who takes it: `question-end`. */
  readonly what: string;
  /** Of the thing in the ledger that it is due for. */
  readonly id: string;
}

/** The name of the schedule of what is due. */
export function scheduleName({ what, id }: Pick<DueMessage, 'what' | 'id'>): string {
  return `${what}-${id}`;
}
