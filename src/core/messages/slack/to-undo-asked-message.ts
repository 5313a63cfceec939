import type { UndoWish } from '../../interactions/wish';
import { isIsolable } from '../../target';
import { toHeader, toSection, type SlackMessage } from './blocks';
import { nameInSlack } from './name-in-slack';

/**
 * The message of a closing, or of an isolation, once somebody has asked to take it back. What comes of it is another
 * message.
 */
export function toUndoAskedMessage({ target, by, at, remediationId }: UndoWish): SlackMessage {
  const what = isIsolable(target) ? `end the isolation ${remediationId}` : `open again what ${remediationId} closed`;
  const title = `Undo asked for: ${target.id} in ${target.account}/${target.region}`;
  return {
    text: title,
    blocks: [
      toHeader(title),
      toSection(
        `${nameInSlack(by)} asked at ${at.slice(0, 16)}Z to ${what}. What nobody has changed since is put back, and ` +
          'what came of it is said in this channel.',
      ),
      toSection(`\`portcullis show ${remediationId}\` shows what was done.`),
    ],
  };
}
