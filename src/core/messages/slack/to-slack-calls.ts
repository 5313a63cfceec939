import type { Notice } from '../notice';
import { TEST_KIND } from '../notice-kinds';
import { isAboutOpen, type Thread } from '../thread';
import type { SlackMessage } from './blocks';
import { toSlackMessage, toSlackReply } from './to-slack-message';

/** A call of Slack's API, but for the channel and the message that it goes to. */
export interface SlackCall {
  readonly id: 'post' | 'update' | 'reply';
  readonly message: SlackMessage;
}

/**
 * A matter is one message: what comes while it is open changes the message, and says so in its thread. What comes late
 * only says so. What comes after it is over is another matter.
 *
 * @param approvers of Slack, for questions that name none
 */
export function toSlackCalls(
  notice: Notice,
  thread: Thread,
  overtaken: boolean,
  approvers: readonly string[] = [],
): readonly SlackCall[] {
  const isKnown = thread.keys['ts'] !== undefined && notice.kind !== TEST_KIND;
  const reply: SlackCall = { id: 'reply', message: toSlackReply(notice) };
  if (isKnown && overtaken) return [reply];
  const goesOn = isKnown && isAboutOpen(notice, thread);
  const message = toSlackMessage(notice, isAnsweredInSlack(notice, approvers));
  return goesOn ? [{ id: 'update', message }, reply] : [{ id: 'post', message }];
}

/** Buttons for nobody would be a promise that nobody keeps. */
function isAnsweredInSlack({ question }: Notice, approvers: readonly string[]): boolean {
  return (question?.approvers ?? approvers).some((approver) => approver.startsWith('slack:'));
}
