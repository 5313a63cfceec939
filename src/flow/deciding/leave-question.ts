import type { Question } from '../../core/questions/question';
import { endQuestion } from '../../core/questions/life';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import { countOnce } from '../count-once';
import {
  scheduleName,
  type Clock,
  type Durable,
  type Log,
  type Metrics,
  type PortResult,
  type Questions,
  type Schedules,
} from '../ports';

export interface LeavePorts {
  readonly clock: Clock;
  readonly durable: Durable;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly questions: Questions;
  readonly schedules: Pick<Schedules, 'scheduleOnce'>;
}

/**
 * Writes a question down, and sees to it that it ends. Schedules first: a question without its end would be open for
 * ever. Older questions about the same are over, since this one shows the rules as they are now. One that cannot be
 * written is an alarm; the finding says what to do all the same.
 */
export async function leaveQuestion(question: Question, ports: LeavePorts): Promise<void> {
  const { durable, log } = ports;
  const left = await durable.step('leave the question', () => leave(question, ports));
  if (left.ok) return;
  const { questionId, target } = question;
  log.error('Question not written', { questionId, target: targetKey(target), cause: left.error.cause });
  await countOnce('count question not written', [['QuestionsFailed', 1]], ports);
}

async function leave(question: Question, { clock, questions, schedules }: LeavePorts): PortResult<void> {
  const { questionId: id, until, remindAt, escalation, target } = question;
  const due = [
    { what: 'question-end', at: until },
    ...(remindAt === undefined ? [] : [{ what: 'question-reminder', at: remindAt }]),
    ...(escalation === undefined ? [] : [{ what: 'question-escalation', at: escalation.at }]),
  ];
  for (const { what, at } of due) {
    const message = { kind: 'due' as const, what, id };
    const scheduled = await schedules.scheduleOnce({ name: scheduleName(message), at: new Date(at), message });
    if (!scheduled.ok) return scheduled;
  }
  const created = await questions.createQuestion(question);
  if (!created.ok) return created;
  const older = await questions.fetchQuestionsOf(target);
  if (!older.ok) return older;
  for (const each of older.value) {
    if (each.questionId === id || !isAbout(question, each)) continue;
    const ended = endQuestion(each, `it is asked again as ${id}, for the rules as they are now.`, clock.now());
    const replaced = ended === undefined ? success(true) : await questions.replaceQuestion(ended);
    if (!replaced.ok) return replaced;
  }
  return success(undefined);
}

/** Whether a question is about all that another one is about. */
function isAbout(wide: Question, narrow: Question): boolean {
  const controls = new Set(wide.findings.map(({ control }) => control));
  return narrow.findings.every(({ control }) => controls.has(control));
}
