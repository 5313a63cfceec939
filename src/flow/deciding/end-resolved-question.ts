import { success } from '../../core/result';
import type { PortResult } from '../ports';
import { endResolvedByHand } from './end-resolved-by-hand';
import type { QuestionDuePorts } from './end-unanswered';
import { isResolvedByHand } from './is-resolved-by-hand';

/**
 * Ends a question of which a finding needs no answer any more, once none of its findings does: what somebody has closed
 * by hand is over when Security Hub says so, not at the next reminder. May be repeated.
 */
export async function endResolvedQuestion(questionId: string, ports: QuestionDuePorts): PortResult<void> {
  const read = await ports.questions.fetchQuestion(questionId);
  if (!read.ok) return read;
  if (read.value?.state.kind !== 'open') return success(undefined);
  const resolved = await isResolvedByHand(read.value, ports);
  if (!resolved.ok) return resolved;
  return resolved.value ? endResolvedByHand(read.value, ports) : success(undefined);
}
