import type { Wish } from '../../core/interactions/wish';
import { failure, success, type Result } from '../../core/result';
import { scheduleName, type DueMessage } from '../ports';
import type { InteractPorts } from './interact-ports';

/** So long nobody asks for the same again: what came of it is known by then. */
const ASKED_FOR_MINUTES = 10;

/**
 * Writes down what somebody wants, and has it begun. As with answers, what is due in a minute is scheduled first: a
 * wish that was acknowledged is carried out, whatever is lost in between. The dispatcher carries it out; this function
 * starts nothing.
 *
 * @param show what people see of it, before anything begins
 */
export async function makeWish(
  wish: Wish,
  show: () => Promise<void>,
  { due, log, schedules, wishes }: InteractPorts,
): Promise<Result<void, string>> {
  const message: DueMessage = { kind: 'due', what: 'slack-wish', id: wish.wishId };
  const at = new Date(wish.at);
  const scheduled = await schedules.scheduleOnce({ name: scheduleName(message), at, message });
  if (!scheduled.ok) return failure(`${scheduled.error.cause} Nothing was changed; try again.`);
  const saved = await wishes.saveWish(wish, new Date(at.getTime() - ASKED_FOR_MINUTES * 60_000));
  if (!saved.ok) return failure(`${saved.error.cause} Nothing was changed; try again.`);
  const { by, at: askedAt } = saved.value;
  if (by !== wish.by || askedAt !== wish.at) return failure(`${by} has asked for it already, at ${askedAt}.`);
  log.info('Somebody wants something done', { wishId: wish.wishId, kind: wish.kind, by });
  await show();
  const sent = await due.send(message);
  if (!sent.ok) log.warn('What somebody wants begins later', { wishId: wish.wishId, cause: sent.error.cause });
  return success(undefined);
}
