import { atEscalation, atReminder } from '../../core/questions/life';
import type { Question } from '../../core/questions/question';
import { success } from '../../core/result';
import type { DomainEvent, PortResult } from '../ports';
import { endResolvedByHand } from './end-resolved-by-hand';
import type { QuestionDuePorts } from './end-unanswered';
import { isResolvedByHand } from './is-resolved-by-hand';
import { toEscalationEvent, toReminderEvent } from './to-question-event';

/** People are reminded once of a question that nobody has answered. */
export function remindOfQuestion(questionId: string, ports: QuestionDuePorts): PortResult<void> {
  return askOnceMore(questionId, { next: atReminder, toEvent: toReminderEvent }, ports);
}

/** Nobody has answered: others are asked as well, once, who may answer from then on. */
export function escalateQuestion(questionId: string, ports: QuestionDuePorts): PortResult<void> {
  return askOnceMore(questionId, { next: atEscalation, toEvent: toEscalationEvent }, ports);
}

interface OnceMore {
  /** The question with it noted; undefined where it is not to be said (any more). */
  readonly next: (question: Question, now: Date) => Question | undefined;
  readonly toEvent: (question: Question) => DomainEvent;
}

/** The event goes before the note of it: one that comes twice is better than none. */
async function askOnceMore(questionId: string, { next, toEvent }: OnceMore, ports: QuestionDuePorts): PortResult<void> {
  const { clock, events, log, questions } = ports;
  const read = await questions.fetchQuestion(questionId);
  if (!read.ok) return read;
  const noted = read.value === undefined ? undefined : next(read.value, clock.now());
  if (read.value === undefined || noted === undefined) return success(undefined);
  const resolved = await isResolvedByHand(read.value, ports);
  if (!resolved.ok) return resolved;
  if (resolved.value) return endResolvedByHand(read.value, ports);
  const published = await events.publish(toEvent(read.value));
  if (!published.ok) return published;
  log.info('People are asked once more', { questionId });
  const replaced = await questions.replaceQuestion(noted);
  return replaced.ok ? success(undefined) : replaced;
}
