import { success } from '../../core/result';
import type { Metrics, PortResult, Questions } from '../ports';

export interface QuestionCountPorts {
  readonly metrics: Metrics;
  readonly questions: Pick<Questions, 'fetchOpenQuestions'>;
}

/**
 * Counts what waits for a decision. Where nothing does, nothing is counted: a metric is paid for in hours in which it
 * is sent.
 */
export async function countQuestions(_at: string, { metrics, questions }: QuestionCountPorts): PortResult<void> {
  const open = await questions.fetchOpenQuestions();
  if (!open.ok) return open;
  if (open.value.length > 0) metrics.count('QuestionsWaiting', open.value.length);
  return success(undefined);
}
