import type { Question } from '../questions/question';
import { composeNote } from './compose-note';
import type { FindingUpdate } from './finding-update';
import { asSentence, sentences } from './sentences';

/** What findings are updated with that somebody left open until a day, which is there. */
export function toDecideAgainUpdate({
  questionId,
  remediationId,
  state,
}: Question): Pick<FindingUpdate, 'workflow' | 'note'> {
  const {
    by,
    until = '',
    comment,
  } = state.kind === 'decided' ? state : { by: 'somebody', comment: undefined, until: undefined };
  return {
    workflow: 'NEW',
    note: composeNote(
      sentences(
        `Open again to be decided: ${by} left it open until ${until.slice(0, 16)}Z, in answer to ${questionId}.`,
        comment === undefined ? '' : asSentence(`"${comment}"`),
      ),
      `Remediation ${remediationId}.`,
    ),
  };
}
