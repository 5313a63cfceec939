import { atReminder } from '../../core/questions/life';
import { success } from '../../core/result';
import type { PortResult } from '../ports';
import { endSettledByHand } from './end-settled-by-hand';
import type { QuestionDuePorts } from './end-unanswered';
import { isSettledByHand } from './is-settled-by-hand';
import { toReminderEvent } from './to-question-event';

/**
 * People are reminded once of a question that nobody has answered. The event goes before the note of it: a reminder
 * that comes twice is better than none.
 */
export async function remindOfQuestion(questionId: string, ports: QuestionDuePorts): PortResult<void> {
  const { clock, events, log, questions } = ports;
  const read = await questions.fetchQuestion(questionId);
  if (!read.ok) return read;
  const now = clock.now();
  const reminded = read.value === undefined ? undefined : atReminder(read.value, now);
  if (read.value === undefined || reminded === undefined) return success(undefined);
  const settled = await isSettledByHand(read.value, ports);
  if (!settled.ok) return settled;
  if (settled.value) return endSettledByHand(read.value, ports);
  const published = await events.publish(toReminderEvent(read.value));
  if (!published.ok) return published;
  log.info('People are reminded of a question', { questionId });
  const replaced = await questions.replaceQuestion(reminded);
  return replaced.ok ? success(undefined) : replaced;
}
