import type { UndoWish } from '../../interactions/wish';
import { toHeader, toSection, type SlackMessage } from './blocks';
import { nameInSlack } from './name-in-slack';

/** A closing's message once somebody has asked to take it back. What comes of it is another message. */
export function toUndoAskedMessage({ target, by, at, remediationId }: UndoWish): SlackMessage {
  const title = `Undo asked for: ${target.id} in ${target.account}/${target.region}`;
  return {
    text: title,
    blocks: [
      toHeader(title),
      toSection(
        `${nameInSlack(by)} asked at ${at.slice(0, 16)}Z to open again what ${remediationId} closed. What nobody has ` +
          'changed since is put back, and what came of it is said in this channel.',
      ),
      toSection(`\`portcullis show ${remediationId}\` tells what was closed.`),
    ],
  };
}
