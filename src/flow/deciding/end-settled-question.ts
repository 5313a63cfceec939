import { success } from '../../core/result';
import type { PortResult } from '../ports';
import { endSettledByHand } from './end-settled-by-hand';
import type { QuestionDuePorts } from './end-unanswered';
import { isSettledByHand } from './is-settled-by-hand';

/**
 * Ends a question of which a finding needs no answer any more, once none of its findings does: what somebody has closed
 * by hand is over when Security Hub says so, not at the next reminder. May be repeated.
 */
export async function endSettledQuestion(questionId: string, ports: QuestionDuePorts): PortResult<void> {
  const read = await ports.questions.fetchQuestion(questionId);
  if (!read.ok) return read;
  if (read.value?.state.kind !== 'open') return success(undefined);
  const settled = await isSettledByHand(read.value, ports);
  if (!settled.ok) return settled;
  return settled.value ? endSettledByHand(read.value, ports) : success(undefined);
}
