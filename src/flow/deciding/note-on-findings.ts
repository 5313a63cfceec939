import { reasonToSkip } from '../../core/policy/reason-to-skip';
import type { Question } from '../../core/questions/question';
import { failure, success } from '../../core/result';
import { toQuestionEndUpdate } from '../../core/updates/to-question-end-update';
import { mergeUserDefinedFields } from '../../core/updates/merge-user-defined-fields';
import type { Hub, Log, PortResult } from '../ports';
import { logReplacedNote } from '../updating/log-replaced-note';

/** Says on the findings of a question that are still there how it ended. May be repeated. */
export async function noteOnFindings(
  question: Question,
  { hub, log }: { readonly hub: Hub; readonly log: Log },
): PortResult<void> {
  const found = await hub.fetchFindings(question.findings);
  if (!found.ok) return found;
  const { workflow, note, userDefinedFields: ours } = toQuestionEndUpdate(question);
  for (const finding of found.value) {
    if (reasonToSkip(finding, 'custom-action') !== undefined || finding.workflow === 'RESOLVED') continue;
    logReplacedNote(finding, log);
    const { fields } = mergeUserDefinedFields(finding.userDefinedFields, ours);
    const updated = await hub.updateFindings([finding], { workflow, note, userDefinedFields: fields });
    if (!updated.ok) return updated;
    const [unprocessed] = updated.value;
    if (unprocessed === undefined) continue;
    const { reason, retryable } = unprocessed;
    const cause = `Finding ${finding.id} was not updated: ${reason}`;
    return failure({ code: retryable ? 'unavailable' : 'invalid', retryable, cause });
  }
  return success(undefined);
}
