import { describeAnswer } from '../../questions/describe-answer';
import type { Question } from '../../questions/question';
import { toHeader, toSection, type SlackMessage } from './blocks';
import { escapeWithin } from './escape-within';
import { nameInSlack } from './name-in-slack';

const MAX_REASON = 1500;
const MAX_COMMENT = 1200;

/**
 * A question's message once somebody has answered: who, what, and that nobody else can. What comes of it is reported
 * later, by the event of it.
 */
export function toDecidedMessage(question: Question): SlackMessage {
  const { target, questionId, remediationId, reason, state } = question;
  const title = `Decided: ${target.id} in ${target.account}/${target.region}`;
  const decided =
    state.kind === 'decided'
      ? `${nameInSlack(state.by)} decided to ${describeAnswer(state)} at ${state.at.slice(0, 16)}Z.`
      : `${questionId} cannot be answered any more.`;
  const comment = state.kind === 'decided' && state.comment !== undefined ? state.comment : undefined;
  return {
    text: title,
    blocks: [
      toHeader(title),
      toSection(decided),
      ...(comment === undefined ? [] : [toSection(`*Comment*\n${escapeWithin(comment, MAX_COMMENT)}`)]),
      ...(reason.trim() === '' ? [] : [toSection(`*Asked because*\n${escapeWithin(reason, MAX_REASON)}`)]),
      toSection(`\`portcullis show ${remediationId}\` shows more.`),
    ],
  };
}
