import { failure, success, type Result } from '../result';
import type { Answer } from './asked-question';
import { describeAnswer } from './describe-answer';
import type { Question } from './question';

/** What somebody wants to answer. */
export interface AnswerGiven {
  readonly answer: Answer;
  readonly by: string;
  readonly comment?: string;
  /** ISO 8601, UTC: until when it stays open. */
  readonly until?: string;
}

/**
 * The life of a question: open, then one of decided, silent and ended, for ever. Every function here answers the
 * question as it is afterwards; what is written is written on the condition that nobody else changed it, so that the
 * first wins.
 */
export function answerQuestion(
  question: Question,
  { answer, by, comment, until }: AnswerGiven,
  now: Date,
): Result<Question, string> {
  const over = describeOver(question, now);
  if (over !== undefined) return failure(over);
  if (answer === 'close' && question.isStuck) {
    return failure(
      `${question.questionId} cannot be closed by an answer: ${question.reason} When that is out of the way, choose Close ` +
        'ingress again.',
    );
  }
  const said = { ...(comment === undefined ? {} : { comment }), ...(until === undefined ? {} : { until }) };
  const given = { answer, by, at: now.toISOString(), ...said };
  return success(next(question, { kind: 'decided', ...given }));
}

export type Deadline =
  | { readonly kind: 'not-due' }
  /** Somebody, or something, was first. */
  | { readonly kind: 'over' }
  | { readonly kind: 'silent'; readonly question: Question };

/** Silence closes only what can be closed. */
export function atDeadline(question: Question, now: Date): Deadline {
  if (question.state.kind !== 'open') return { kind: 'over' };
  if (now.getTime() < Date.parse(question.until)) return { kind: 'not-due' };
  const became = question.isStuck ? 'leave' : question.onSilence;
  return { kind: 'silent', question: next(question, { kind: 'silent', became, at: now.toISOString() }) };
}

/** The question with the reminder noted; undefined where nobody is to be reminded (any more). */
export function atReminder(question: Question, now: Date): Question | undefined {
  const { state, remindAt, until } = question;
  if (state.kind !== 'open' || state.remindedAt !== undefined || remindAt === undefined) return undefined;
  if (!isBetween(now, remindAt, until)) return undefined;
  return next(question, { ...state, remindedAt: now.toISOString() });
}

/** The question with it noted that others are asked as well; undefined where none are to be (any more). */
export function atEscalation(question: Question, now: Date): Question | undefined {
  const { state, escalation, until } = question;
  if (state.kind !== 'open' || state.escalatedAt !== undefined || escalation === undefined) return undefined;
  if (!isBetween(now, escalation.at, until)) return undefined;
  return next(question, { ...state, escalatedAt: now.toISOString() });
}

function isBetween(now: Date, from: string, until: string): boolean {
  return now.getTime() >= Date.parse(from) && now.getTime() < Date.parse(until);
}

/** There is nothing to decide any more; undefined where it is over already. */
export function endQuestion(question: Question, reason: string, now: Date): Question | undefined {
  if (question.state.kind !== 'open') return undefined;
  return next(question, { kind: 'ended', at: now.toISOString(), reason });
}

/** What follows from the answer, or from silence, has been begun. */
export function markDone(question: Question): Question {
  const { state } = question;
  return state.kind === 'decided' || state.kind === 'silent' ? next(question, { ...state, isDone: true }) : question;
}

/** Whether something follows from how it ended that nobody has begun yet. */
export function isToBeClosed({ state }: Question): boolean {
  if (state.kind === 'decided') return state.answer === 'close' && state.isDone !== true;
  return state.kind === 'silent' && state.became === 'close' && state.isDone !== true;
}

/** Whether it stays open, and nobody has been notified yet. */
export function isToBeNotified({ state }: Question): boolean {
  if (state.kind === 'decided') return state.answer === 'leave' && state.isDone !== true;
  return state.kind === 'silent' && state.became === 'leave' && state.isDone !== true;
}

/** Whether its risk was accepted, and nobody has made the exception yet. */
export function isToBeAccepted({ state }: Question): boolean {
  return state.kind === 'decided' && state.answer === 'accept' && state.isDone !== true;
}

/** Why a question cannot be answered any more, and who was first; undefined while it can. */
export function describeOver({ questionId, state, until }: Question, now: Date): string | undefined {
  switch (state.kind) {
    case 'decided': {
      const comment = state.comment === undefined ? '' : ` ("${state.comment}")`;
      return `${questionId} is decided: ${state.by} chose to ${describeAnswer(state)} at ${state.at}${comment}.`;
    }
    case 'silent':
      return `${questionId} is over: nobody answered until ${until}, and it ${WORDS[state.became]}.`;
    case 'ended':
      return `${questionId} ended at ${state.at}: ${state.reason}`;
    case 'open':
      return now.getTime() < Date.parse(until)
        ? undefined
        : `${questionId} is over: it could be answered until ${until}.`;
  }
}

const WORDS = { close: 'is closed', leave: 'stays as it is' } as const;

function next(question: Question, state: Question['state']): Question {
  return { ...question, version: question.version + 1, state };
}
