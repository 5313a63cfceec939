import type { Interaction } from '../../core/interactions/interaction';
import { undoWishId, type UndoWish } from '../../core/interactions/wish';
import { isRemediationId } from '../../core/ledger/remediation-id';
import { toUndoAskedMessage } from '../../core/messages/slack/to-undo-asked-message';
import { failure, type Result } from '../../core/result';
import type { InteractPorts, InteractSettings } from './interact-ports';
import { makeWish } from './make-wish';
import { whoMay } from './who-may';

type Click = Extract<Interaction, { readonly kind: 'click' }>;

/**
 * Has a closing, or an isolation, taken back, for so long after it as is configured. When it was closed is what the
 * ledger says, not the button. Where the configuration has lost its `undo` since the message, nobody may.
 */
export async function undoInSlack(
  { user, value: remediationId, place }: Click,
  { rights: { undo } }: InteractSettings,
  ports: InteractPorts,
): Promise<Result<void, string>> {
  const { clock, closings, log, slack } = ports;
  if (undo === undefined) return failure('Nobody may undo in Slack any more; portcullis undo may work.');
  if (!isRemediationId(remediationId)) return failure('This button carries no closing or isolation.');
  const by = await whoMay(user, undo.approvers, `undo ${remediationId}`, ports);
  if (!by.ok) return by;
  const closing = await closings.fetchClosing(remediationId);
  if (!closing.ok) return failure(closing.error.cause);
  if (closing.value === undefined) {
    return failure(`the ledger of this deployment holds no closing or isolation ${remediationId}`);
  }
  const { target, finishedAt, undoneBy } = closing.value;
  if (undoneBy !== undefined) return failure(`${remediationId} is undone already, by ${undoneBy}.`);
  if (finishedAt === undefined) return failure(`${remediationId} is under way; try again when it has ended.`);
  const now = clock.now();
  const until = new Date(Date.parse(finishedAt) + undo.withinMinutes * 60_000);
  if (now >= until) {
    return failure(
      `It is too late to undo ${remediationId} here: that was possible until ${until.toISOString().slice(0, 16)}Z. ` +
        `At a terminal: portcullis undo ${remediationId}`,
    );
  }
  const at = now.toISOString();
  const wishId = undoWishId(remediationId);
  const wish: UndoWish = { kind: 'undo', wishId, target, by: by.value.name, at, remediationId };
  const show = async () => {
    const shown = place === undefined ? undefined : await slack.updateMessage(place, toUndoAskedMessage(wish));
    if (shown?.ok === false) log.warn('Message not updated', { remediationId, cause: shown.error });
  };
  return makeWish(wish, show, ports);
}
