import { isToBeAccepted, isToBeClosed, isToBeNotified } from '../../core/questions/life';
import { success } from '../../core/result';
import type { PortResult } from '../ports';
import { beginAccepting } from './begin-accepting';
import { beginClosing } from './begin-closing';
import type { QuestionDuePorts } from './end-unanswered';
import { notifyLeftOpen } from './notify-left-open';

/**
 * Does what follows from an answer: the closing or the exception, should whoever answered have been interrupted, or the
 * word on the findings and the bus that it stays open. What has been done is not done again.
 */
export async function followAnswer(questionId: string, ports: QuestionDuePorts): PortResult<void> {
  const read = await ports.questions.fetchQuestion(questionId);
  if (!read.ok) return read;
  const question = read.value;
  if (question === undefined) return success(undefined);
  if (isToBeClosed(question)) return beginClosing(question, ports);
  if (isToBeAccepted(question)) return beginAccepting(question, ports);
  return isToBeNotified(question) ? notifyLeftOpen(question, ports) : success(undefined);
}
