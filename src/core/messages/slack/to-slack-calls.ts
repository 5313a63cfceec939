import type { SlackRights } from '../../interactions/slack-rights';
import type { Notice } from '../notice';
import { TEST_KIND } from '../notice-kinds';
import { isAboutOpen, type Thread } from '../thread';
import type { SlackMessage } from './blocks';
import { toSlackMessage, toSlackReply } from './to-slack-message';

/** A call of Slack's API, but for the channel and the message that it goes to. */
export interface SlackCall {
  readonly id: 'post' | 'update' | 'reply';
  readonly message: SlackMessage;
  /** Which of the target's messages it is about; left out, that of the matter. */
  readonly about?: string;
}

/**
 * A matter is one message: what comes while it is open changes the message, and says so in its thread. What comes late
 * only says so. What comes after it is over is another matter. A grant is a message of its own, which its end changes.
 *
 * @param rights of people in Slack
 */
export function toSlackCalls(
  notice: Notice,
  thread: Thread,
  overtaken: boolean,
  rights: SlackRights,
): readonly SlackCall[] {
  const message = toSlackMessage(notice, rights);
  const reply: SlackCall = { id: 'reply', message: toSlackReply(notice) };
  const grant = notice.grant === undefined ? undefined : grantKey(notice.grant.id);
  const post: SlackCall = { id: 'post', message };
  if (grant !== undefined && notice.kind === 'Access Granted') return [{ ...post, about: grant }];
  if (grant !== undefined && thread.keys[grant] !== undefined && !isAboutOpen(notice, thread)) {
    return [
      { id: 'update', message, about: grant },
      { ...reply, about: grant },
    ];
  }
  const isKnown = thread.keys[MATTER] !== undefined && notice.kind !== TEST_KIND;
  if (isKnown && overtaken) return [reply];
  return isKnown && isAboutOpen(notice, thread) ? [{ id: 'update', message }, reply] : [post];
}

/** What the message of a target's matter is kept as, by the name that Slack gave it. */
export const MATTER = 'ts';

/** What that of a grant is kept as. */
function grantKey(grantId: string): string {
  return `${MATTER}/${grantId}`;
}
