import { atDeadline, isToBeAccepted, isToBeClosed, isToBeNotified } from '../../core/questions/life';
import type { Question } from '../../core/questions/question';
import { failure, success } from '../../core/result';
import type { DomainEvents, Hub, Metrics, PortResult, Questions } from '../ports';
import { beginAccepting } from './begin-accepting';
import { beginClosing, type BeginPorts } from './begin-closing';
import { isResolvedByHand } from './is-resolved-by-hand';
import { endResolvedByHand } from './end-resolved-by-hand';
import { notifyLeftOpen } from './notify-left-open';

export interface QuestionDuePorts extends BeginPorts {
  readonly events: DomainEvents;
  readonly hub: Hub;
  readonly metrics: Metrics;
  readonly questions: Pick<Questions, 'fetchQuestion' | 'replaceQuestion'>;
}

/**
 * A question's time is over. What was decided and not begun is begun, should whoever answered have been interrupted;
 * what nobody answered ends as its policy says, or because it was resolved by hand meanwhile.
 */
export async function endUnanswered(questionId: string, ports: QuestionDuePorts): PortResult<void> {
  const read = await ports.questions.fetchQuestion(questionId);
  if (!read.ok) return read;
  if (read.value === undefined) {
    ports.log.warn('A question that is due is not in the ledger', { questionId });
    return success(undefined);
  }
  return endOne(read.value, ports);
}

async function endOne(question: Question, ports: QuestionDuePorts): PortResult<void> {
  const { clock, log, questions } = ports;
  const { questionId, until } = question;
  if (isToBeClosed(question)) return beginClosing(question, ports);
  if (isToBeAccepted(question)) return beginAccepting(question, ports);
  if (isToBeNotified(question)) return notifyLeftOpen(question, ports);
  const now = clock.now();
  const deadline = atDeadline(question, now);
  switch (deadline.kind) {
    case 'over':
      return success(undefined);
    case 'not-due': {
      const cause = `The question ${questionId} is open until ${until}, and it is ${now.toISOString()}.`;
      return failure({ code: 'unavailable', retryable: true, cause });
    }
    case 'silent':
  }
  const resolved = await isResolvedByHand(question, ports);
  if (!resolved.ok) return resolved;
  if (resolved.value) return endResolvedByHand(question, ports);
  const ended = deadline.question;
  const replaced = await questions.replaceQuestion(ended);
  if (!replaced.ok) return replaced;
  if (!replaced.value) {
    const cause = `The question ${questionId} changes at this moment.`;
    return failure({ code: 'conflict', retryable: true, cause });
  }
  log.info('Question ended', { questionId, state: ended.state.kind });
  return isToBeClosed(ended) ? beginClosing(ended, ports) : notifyLeftOpen(ended, ports);
}
