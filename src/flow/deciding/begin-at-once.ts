import type { Answer } from '../../core/questions/asked-question';
import type { Question } from '../../core/questions/question';
import { scheduleName, type Schedules } from '../ports';
import { beginAccepting } from './begin-accepting';
import { beginClosing, type BeginPorts } from './begin-closing';

export interface BeginAtOncePorts extends BeginPorts {
  readonly schedules: Pick<Schedules, 'cancelSchedule'>;
}

/**
 * What follows from an answer, by whoever may start executions themselves. What does not work is done by the message
 * that is due.
 */
export async function beginAtOnce(question: Question, ports: BeginAtOncePorts): Promise<void> {
  const { log, schedules } = ports;
  const { questionId: id, state } = question;
  const begun = state.kind === 'decided' ? await BEGIN[state.answer]?.(question, ports) : undefined;
  if (begun?.ok === false) log.warn('What was answered begins later', { questionId: id, cause: begun.error.cause });
  for (const what of ['question-end', 'question-reminder', 'question-escalation']) {
    const cancelled = await schedules.cancelSchedule(scheduleName({ what, id }));
    if (!cancelled.ok) log.warn('Schedule not deleted', { questionId: id, what, cause: cancelled.error.cause });
  }
}

/** That it stays open is published by the message that is due. */
const BEGIN: Partial<Record<Answer, typeof beginClosing>> = { close: beginClosing, accept: beginAccepting };
