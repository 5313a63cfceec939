import { endQuestion } from '../../core/questions/life';
import type { Question } from '../../core/questions/question';
import { success } from '../../core/result';
import type { Clock, DomainEvents, Log, PortResult, Questions } from '../ports';
import { toResolvedEvent } from './to-question-event';

interface EndResolvedPorts {
  readonly clock: Clock;
  readonly events: DomainEvents;
  readonly log: Log;
  readonly questions: Pick<Questions, 'replaceQuestion'>;
}

/**
 * Ends a question of which Security Hub shows that nothing is to be decided. The event goes first: twice is better than
 * never.
 */
export async function endResolvedByHand(question: Question, ports: EndResolvedPorts): PortResult<void> {
  const { clock, events, log, questions } = ports;
  const ended = endQuestion(question, 'its findings need no decision any more.', clock.now());
  if (ended === undefined) return success(undefined);
  const published = await events.publish(toResolvedEvent(question));
  if (!published.ok) return published;
  log.info('Question ended', { questionId: question.questionId, state: ended.state.kind });
  const replaced = await questions.replaceQuestion(ended);
  return replaced.ok ? success(undefined) : replaced;
}
