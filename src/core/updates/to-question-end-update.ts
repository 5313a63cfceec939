import type { Question } from '../questions/question';
import { composeNote } from './compose-note';
import type { FindingUpdate } from './finding-update';
import { asSentence, sentences } from './sentences';

/** What the findings of a question are updated with that ended without anything being closed. */
export function toQuestionEndUpdate(question: Question): FindingUpdate {
  const { questionId, remediationId, until, reason, state } = question;
  const by = state.kind === 'decided' ? state.by : 'nobody';
  const comment = state.kind === 'decided' && state.comment !== undefined ? asSentence(`"${state.comment}"`) : '';
  const what =
    state.kind === 'decided'
      ? `Left open${untilText(state.until)}: ${by} decided so on ${state.at.slice(0, 16)}Z.`
      : `Still open: nobody answered ${questionId} until ${until.slice(0, 16)}Z, and so it stays as it is.`;
  return {
    workflow: 'NOTIFIED',
    note: composeNote(
      sentences(what, comment, asSentence(reason)),
      `Close ingress closes it. Remediation ${remediationId}.`,
    ),
    userDefinedFields: {
      PortcullisOutcome: 'asked',
      PortcullisRemediationId: remediationId,
      PortcullisDecidedBy: state.kind === 'decided' ? by : `nobody: ${questionId} ended unanswered`,
    },
  };
}

function untilText(until: string | undefined): string {
  return until === undefined ? '' : ` until ${until.slice(0, 16)}Z, and decided anew then`;
}
