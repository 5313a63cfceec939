import { atDeadline, isToBeAccepted, isToBeClosed, isToBeNotified } from '../../core/questions/life';
import type { Question } from '../../core/questions/question';
import { failure, success } from '../../core/result';
import type { DomainEvents, Hub, Metrics, PortResult, Questions } from '../ports';
import { beginAccepting } from './begin-accepting';
import { beginClosing, type BeginPorts } from './begin-closing';
import { isSettledByHand } from './is-settled-by-hand';
import { endSettledByHand } from './end-settled-by-hand';
import { notifyLeftOpen } from './notify-left-open';

export interface QuestionDuePorts extends BeginPorts {
  readonly events: DomainEvents;
  readonly hub: Hub;
  readonly metrics: Metrics;
  readonly questions: Pick<Questions, 'fetchQuestion' | 'replaceQuestion'>;
}

/**
 * A question's time is over. What was decided and not begun is begun, should whoever answered have been interrupted;
 * what nobody answered ends as its policy says, or because it was settled by hand meanwhile.
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
  const settled = await isSettledByHand(question, ports);
  if (!settled.ok) return settled;
  if (settled.value) return endSettledByHand(question, ports);
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
