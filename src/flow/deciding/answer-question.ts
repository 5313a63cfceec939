import { answerQuestion as answerOpen } from '../../core/questions/life';
import { mayAnswer, type Answerer } from '../../core/questions/may-answer';
import type { Answer } from '../../core/questions/asked-question';
import { approversAt, type Question } from '../../core/questions/question';
import { success } from '../../core/result';
import {
  scheduleName,
  type Clock,
  type DueMessage,
  type Log,
  type PortResult,
  type Questions,
  type Schedules,
} from '../ports';

export interface AnswerPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly questions: Pick<Questions, 'fetchQuestion' | 'replaceQuestion'>;
  readonly schedules: Pick<Schedules, 'scheduleOnce'>;
  /**
   * Has begun at once what follows from an answer that was written; what does not work is done by the message that is
   * due.
   */
  readonly follow: (question: Question) => Promise<void>;
}

export interface AnswerToQuestion {
  readonly questionId: string;
  readonly answer: Answer;
  /** As AWS, or the channel, says it: never what whoever asks says of themselves. */
  readonly by: Answerer;
  readonly comment?: string;
  /** ISO 8601, UTC, and not over: until when it stays open. With `accept` there is one. */
  readonly until?: string;
}

export type AnswerResult =
  /** The question as it is now. With `close` its request is made, or will be within a minute. */
  | { readonly kind: 'answered'; readonly question: Question }
  /** Nothing was changed: it is nobody's question, not theirs to answer, or somebody was first. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** Somebody may change the question between a read and a write; after so many times it is no coincidence. */
const ATTEMPTS = 4;

/**
 * Answers a question, from whatever channel: the first answer wins, by the ledger's condition, and later ones are
 * notified who was first. What follows from it is due in a minute, before it is written: who answered is never
 * interrupted in between.
 */
export async function answerQuestion(
  { questionId, answer, by, comment, until }: AnswerToQuestion,
  ports: AnswerPorts,
): Promise<AnswerResult> {
  const { clock, questions } = ports;
  let tried: Question | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const read = await questions.fetchQuestion(questionId);
    if (!read.ok) return failed(read.error.cause);
    const question = read.value;
    if (question === undefined) return refused(`the ledger of this deployment holds no question ${questionId}`);
    if (tried !== undefined && isSameAnswer(question, tried)) return follow(question, ports);
    const approvers = approversAt(question, clock.now());
    if (!mayAnswer(approvers, by)) return refused(describeForbidden(question, approvers, by));
    const said = { ...(comment === undefined ? {} : { comment }), ...(until === undefined ? {} : { until }) };
    const given = { answer, by: by.name, ...said };
    const decided = answerOpen(question, given, clock.now());
    if (!decided.ok) return refused(decided.error);
    const scheduled = await schedule(decided.value, ports);
    if (!scheduled.ok) return failed(scheduled.error.cause);
    const written = await questions.replaceQuestion(decided.value);
    if (!written.ok) return failed(written.error.cause);
    if (written.value) return follow(decided.value, ports);
    tried = decided.value;
  }
  return failed(`${questionId} changes at this moment; try again.`);
}

/** A write whose answer was lost is made again by the SDK, and finds the question changed: by itself. */
function isSameAnswer({ version, state }: Question, tried: Question): boolean {
  if (state.kind !== 'decided' || tried.state.kind !== 'decided' || version !== tried.version) return false;
  const { answer, by, at } = tried.state;
  return state.answer === answer && state.by === by && state.at === at;
}

async function follow(question: Question, ports: AnswerPorts): Promise<AnswerResult> {
  const { questionId, state } = question;
  const given = state.kind === 'decided' ? { answer: state.answer, by: state.by } : {};
  ports.log.info('Question answered', { questionId, ...given });
  await ports.follow(question);
  return { kind: 'answered', question };
}

/** What follows at once, in a minute at the latest, and what follows on the day that was named. */
async function schedule({ questionId: id, state }: Question, { clock, schedules }: AnswerPorts): PortResult<void> {
  const until = state.kind === 'decided' && state.answer === 'leave' ? state.until : undefined;
  const due = [
    { what: 'question-decided', at: clock.now() },
    ...(until === undefined ? [] : [{ what: 'question-again', at: new Date(until) }]),
  ];
  for (const { what, at } of due) {
    const message: DueMessage = { kind: 'due', what, id };
    const scheduled = await schedules.scheduleOnce({ name: scheduleName(message), at, message });
    if (!scheduled.ok) return scheduled;
  }
  return success(undefined);
}

function describeForbidden(
  { questionId }: Question,
  approvers: readonly string[] | undefined,
  { name }: Answerer,
): string {
  return `${name} may not answer ${questionId}; who may: ${(approvers ?? []).join(', ')}`;
}

function refused(reason: string): AnswerResult {
  return { kind: 'refused', reason };
}

function failed(reason: string): AnswerResult {
  return { kind: 'failed', reason };
}
