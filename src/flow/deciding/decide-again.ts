import { reasonToSkip } from '../../core/policy/reason-to-skip';
import { failure, success } from '../../core/result';
import { toDecideAgainUpdate } from '../../core/updates/to-decide-again-update';
import type { PortResult } from '../ports';
import { logReplacedNote } from '../updating/log-replaced-note';
import type { QuestionDuePorts } from './end-unanswered';

/**
 * The day is there until which somebody left it open: its findings are NEW, and the policy decides anew. What was
 * resolved meanwhile stays as it is. May be repeated.
 */
export async function decideAgain(questionId: string, ports: QuestionDuePorts): PortResult<void> {
  const { clock, hub, log, questions } = ports;
  const read = await questions.fetchQuestion(questionId);
  if (!read.ok) return read;
  const question = read.value;
  if (question?.state.kind !== 'decided' || question.state.answer !== 'leave') return success(undefined);
  const { until } = question.state;
  if (until === undefined) return success(undefined);
  if (clock.now().getTime() < Date.parse(until)) {
    const cause = `What ${questionId} is about stays open until ${until}, and it is ${clock.now().toISOString()}.`;
    return failure({ code: 'unavailable', retryable: true, cause });
  }
  const found = await hub.fetchFindings(question.findings);
  if (!found.ok) return found;
  const open = found.value.filter(
    (finding) => finding.workflow === 'NOTIFIED' && reasonToSkip(finding, 'custom-action') === undefined,
  );
  log.info('What was left open until a day is decided anew', { questionId, findings: open.length });
  if (open.length === 0) return success(undefined);
  for (const finding of open) logReplacedNote(finding, log);
  const updated = await hub.updateFindings(open, { ...toDecideAgainUpdate(question), userDefinedFields: undefined });
  if (!updated.ok) return updated;
  const [unprocessed] = updated.value;
  if (unprocessed === undefined) return success(undefined);
  const { reason, retryable } = unprocessed;
  const cause = `A finding of ${questionId} was not updated: ${reason}`;
  return failure({ code: retryable ? 'unavailable' : 'invalid', retryable, cause });
}
