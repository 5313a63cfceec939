import { isToBeClosed, markDone } from '../../core/questions/life';
import { success } from '../../core/result';
import type { PortResult } from '../ports';
import { beginClosing } from './begin-closing';
import type { QuestionDuePorts } from './end-unanswered';
import { noteOnFindings } from './note-on-findings';
import { toDecidedEvent } from './to-question-event';

/**
 * Does what follows from an answer: the closing, should whoever answered have been cut off, or the word on the findings and
 * the bus that it stays open. What has been done is not done again.
 */
export async function followAnswer(questionId: string, ports: QuestionDuePorts): PortResult<void> {
  const read = await ports.questions.fetchQuestion(questionId);
  if (!read.ok) return read;
  const question = read.value;
  if (question === undefined) return success(undefined);
  if (isToBeClosed(question)) return beginClosing(question, ports);
  const { state } = question;
  if (state.kind !== 'decided' || state.isDone === true) return success(undefined);
  const noted = await noteOnFindings(question, ports);
  if (!noted.ok) return noted;
  const published = await ports.events.publish(toDecidedEvent(question));
  if (!published.ok) return published;
  const done = await ports.questions.replaceQuestion(markDone(question));
  return done.ok ? success(undefined) : done;
}
