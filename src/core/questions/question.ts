import type { ControlId } from '../controls/control-id';
import type { FindingKey } from '../findings/finding';
import type { Trigger } from '../ledger/remediation-record';
import type { Target } from '../target';
import type { Silence } from './ask-terms';
import type { Answer, AskedQuestion, GivenAnswer } from './asked-question';

/**
 * What a person is to decide about a target. The plan that they are shown, the rules that it was made for and the
 * context stand in the record of the remediation that asked. It holds no target: who wants to close, or undo, may do so
 * meanwhile.
 */
export interface Question {
  /** That of its remediation, with `qst-` in front. */
  readonly questionId: string;
  readonly remediationId: string;
  readonly target: Target;
  readonly findings: readonly AskedFinding[];
  /** Of that remediation: what brought it about, and who or what decided to ask. */
  readonly trigger: Trigger;
  readonly decidedBy: string;
  /** Sentences: why it is asked. */
  readonly reason: string;
  /** The plan cannot run as it is, whoever wants it: no answer closes it, and the reason says what is in the way. */
  readonly isStuck: boolean;
  /** Who may answer; missing means everybody who may send commands. */
  readonly approvers?: readonly string[];
  /** ISO 8601, UTC, all three. */
  readonly askedAt: string;
  readonly until: string;
  readonly remindAt?: string;
  /** Others who may answer as well from a moment on, and are asked then. */
  readonly escalation?: Escalation;
  readonly onSilence: Silence;
  /** Counts what has happened to it: whoever changes it says which one they saw. */
  readonly version: number;
  readonly state: QuestionState;
}

export interface Escalation {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly to: readonly string[];
}

export interface AskedFinding extends FindingKey {
  readonly control: ControlId;
}

export type QuestionState =
  | { readonly kind: 'open'; readonly remindedAt?: string; readonly escalatedAt?: string }
  | ({ readonly kind: 'decided' } & DecidedAnswer)
  /** Nobody answered in time. */
  | { readonly kind: 'silent'; readonly became: Silence; readonly at: string; readonly isDone?: boolean }
  /** There was nothing to decide any more. */
  | { readonly kind: 'ended'; readonly at: string; readonly reason: string };

export interface DecidedAnswer {
  readonly answer: Answer;
  /** Who, as AWS or the channel says it: an ARN, `slack:U0456EFGH`. */
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** What they wrote, as they wrote it. */
  readonly comment?: string;
  /** ISO 8601, UTC: until when it stays open. */
  readonly until?: string;
  /** What follows from it has been begun: it is not begun again. */
  readonly isDone?: boolean;
}

/** Who may answer at a moment; undefined means everybody who may send commands. */
export function approversAt({ approvers, escalation }: Question, now: Date): readonly string[] | undefined {
  if (approvers === undefined || escalation === undefined) return approvers;
  return now.getTime() < Date.parse(escalation.at) ? approvers : [...approvers, ...escalation.to];
}

/** What records and events say of a question. */
export function toAskedQuestion({ questionId, until, onSilence, approvers }: Question): AskedQuestion {
  return { questionId, until, onSilence, ...(approvers === undefined ? {} : { approvers }) };
}

/** Who gave an answer that nobody gave. */
export const BY_SILENCE = 'silence';

const QUESTION_ID = /^qst-[0-9a-f]{16}$/;

/** Whether a text has the form of a question's id. */
export function isQuestionId(text: string): boolean {
  return QUESTION_ID.test(text);
}

/** One remediation asks one question at the most. */
export function questionIdOf(remediationId: string): string {
  return remediationId.replace(/^rem-/, 'qst-');
}

/** The answer that a question has, or what its policy makes of none; undefined while it has neither. */
export function toGivenAnswer({ questionId, state }: Question): GivenAnswer | undefined {
  switch (state.kind) {
    case 'decided': {
      const { answer, by, at, comment, until } = state;
      const said = { ...(comment === undefined ? {} : { comment }), ...(until === undefined ? {} : { until }) };
      return { questionId, answer, by, at, ...said };
    }
    case 'silent':
      return { questionId, answer: state.became, by: BY_SILENCE, at: state.at };
    case 'open':
    case 'ended':
      return undefined;
  }
}
