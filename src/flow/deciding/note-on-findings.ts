import { reasonToSkip } from '../../core/policy/reason-to-skip';
import type { Question } from '../../core/questions/question';
import { success } from '../../core/result';
import { toQuestionEndUpdate } from '../../core/updates/to-question-end-update';
import type { Hub, Log, PortResult } from '../ports';
import { updateOneFinding } from '../updating/update-one-finding';

/** Says on the findings of a question that are still there how it ended. May be repeated. */
export async function noteOnFindings(
  question: Question,
  ports: { readonly hub: Hub; readonly log: Log },
): PortResult<void> {
  const found = await ports.hub.fetchFindings(question.findings);
  if (!found.ok) return found;
  const update = toQuestionEndUpdate(question);
  for (const finding of found.value) {
    if (reasonToSkip(finding, 'custom-action') !== undefined || finding.workflow === 'RESOLVED') continue;
    const updated = await updateOneFinding(finding, update, ports);
    if (!updated.ok) return updated;
  }
  return success(undefined);
}
