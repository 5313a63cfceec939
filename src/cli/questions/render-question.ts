import { describeAnswer } from '../../core/questions/describe-answer';
import type { Question } from '../../core/questions/question';
import { printable } from '../terminal';

/** A question in two lines. */
export function renderQuestion(question: Question): string {
  const { questionId, target, findings, reason, remediationId } = question;
  const controls = [...new Set(findings.map(({ control }) => control))].join(', ');
  const lines = [
    `${questionId}  ${target.id} (${target.account}, ${target.region})  ${controls}: ${describeState(question)}`,
    `  ${reason} What would change: portcullis show ${remediationId}`,
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

/** How a question stands, as part of a line. */
export function describeState({ state, until, onSilence, approvers }: Question): string {
  switch (state.kind) {
    case 'open': {
      const who = approvers === undefined ? '' : `; who may answer: ${approvers.join(', ')}`;
      const then = onSilence === 'close' ? 'closed' : 'left as it is';
      return `open until ${until}, then ${then}${who}`;
    }
    case 'decided': {
      const comment = state.comment === undefined ? '' : ` ("${state.comment}")`;
      return `${state.by} decided to ${describeAnswer(state)} at ${state.at}${comment}`;
    }
    case 'silent':
      return `nobody answered until ${until}, and it ${state.became === 'close' ? 'is closed' : 'stays as it is'}`;
    case 'ended':
      return `ended at ${state.at}: ${state.reason}`;
  }
}
