import type { MessagePlace } from '../../core/interactions/interaction';
import { toDecidedMessage } from '../../core/messages/slack/to-decided-message';
import type { Question } from '../../core/questions/question';
import type { InteractPorts } from './interact-ports';

/**
 * The message says who decided before anything begins, so that what is reported later comes after it. What does not
 * work here is done by the message that is due.
 */
export async function showAndBegin(
  question: Question,
  place: MessagePlace | undefined,
  { due, log, slack }: Pick<InteractPorts, 'due' | 'log' | 'slack'>,
): Promise<void> {
  const { questionId: id } = question;
  const shown = place === undefined ? undefined : await slack.updateMessage(place, toDecidedMessage(question));
  if (shown?.ok === false) log.warn('Message not updated', { questionId: id, cause: shown.error });
  const sent = await due.send({ kind: 'due', what: 'question-decided', id });
  if (!sent.ok) log.warn('What was answered begins later', { questionId: id, cause: sent.error.cause });
}
