import type { Notice } from '../notice';
import { TEST_KIND } from '../notice-kinds';
import { afterNotice, currentControls, isAnyOpen, isOpen, type Thread } from '../thread';

/** Name of what the receiver calls a ticket, among the keys of a thread. */
export const TICKET = 'ticket';
/** Name of the event that a ticket was made for: what the ticket says need not be said below it. */
export const TICKET_EVENT = 'ticketEvent';

/**
 * What is done to the one ticket of a target. `reopen` makes another where the receiver does not let it be opened
 * again.
 */
export type TicketStep = 'create' | 'comment' | 'reopen' | 'resolve';

/**
 * A target has one ticket: made by the first event that opens something, commented with what comes, resolved once
 * nothing of it is open any more, and opened again by the next. What is over before a ticket was made makes none.
 *
 * @param isLate an earlier try may have made, opened or resolved a ticket that is to be otherwise by now
 */
export function toTicketSteps(notice: Notice, thread: Thread, isLate = false): readonly TicketStep[] {
  if (notice.kind === TEST_KIND) return ['create', 'resolve'];
  const steps = stepsNow(notice, thread);
  if (!isLate || notice.matter === 'stays') return steps;
  const isOpenNow = isAnyOpen(afterNotice(thread, notice));
  if (notice.matter === 'ends') return isOpenNow && thread.keys[TICKET] !== undefined ? [...steps, 'reopen'] : steps;
  return isOpenNow ? steps : [...steps, 'resolve'];
}

function stepsNow(notice: Notice, thread: Thread): readonly TicketStep[] {
  const { matter } = notice;
  const current = currentControls(notice, thread);
  if (thread.keys[TICKET] === undefined) return matter === 'opens' && current.length > 0 ? ['create'] : [];
  const wasOpen = isAnyOpen(thread);
  if (matter === 'ends') {
    if (!current.some((control) => isOpen(thread, control))) return [];
    return isAnyOpen(afterNotice(thread, notice)) ? ['comment'] : ['comment', 'resolve'];
  }
  if (wasOpen) return ['comment'];
  return matter === 'opens' && current.length > 0 ? ['reopen', 'comment'] : [];
}
