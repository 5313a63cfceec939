import type { Notice } from '../notice';
import { TEST_KIND } from '../notice-kinds';
import { isAboutOpen, type Thread } from '../thread';
import { toSlackMessage, toSlackReply, type SlackMessage } from './to-slack-message';

/** A call of Slack's API, but for the channel and the message that it goes to. */
export interface SlackCall {
  readonly id: 'post' | 'update' | 'reply';
  readonly message: SlackMessage;
}

/**
 * A matter is one message: what comes while it is open changes the message, and says so in its thread. What comes late only
 * says so. What comes after it is over is another matter.
 */
export function toSlackCalls(notice: Notice, thread: Thread, overtaken: boolean): readonly SlackCall[] {
  const isKnown = thread.keys['ts'] !== undefined && notice.kind !== TEST_KIND;
  const reply: SlackCall = { id: 'reply', message: toSlackReply(notice) };
  if (isKnown && overtaken) return [reply];
  const goesOn = isKnown && isAboutOpen(notice, thread);
  const message = toSlackMessage(notice);
  return goesOn ? [{ id: 'update', message }, reply] : [{ id: 'post', message }];
}
