import type { Silence } from './ask-terms';

/** What somebody answers: have it closed as it was shown, leave it open, or accept the risk of it until a day. */
export const ANSWERS = ['close', 'leave', 'accept'] as const;

export type Answer = (typeof ANSWERS)[number];

/** An answer as records, events and certificates hold it. `silence` is what the policy makes of none. */
export interface GivenAnswer {
  readonly questionId: string;
  readonly answer: Answer;
  readonly by: string;
  readonly at: string;
  readonly comment?: string;
  /** Until when it stays open, ISO 8601, UTC; always with `accept`, and with `leave` where it is asked again then. */
  readonly until?: string;
}

/** What an event and a record say of a question. */
export interface AskedQuestion {
  readonly questionId: string;
  /** ISO 8601, UTC: when it becomes what `onSilence` says. */
  readonly until: string;
  readonly onSilence: Silence;
  /** Who may answer; missing means everybody who may send commands. */
  readonly approvers?: readonly string[];
}
