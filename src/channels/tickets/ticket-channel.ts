import type { Notice } from '../../core/messages/notice';
import { TICKET, TICKET_EVENT, toTicketSteps, type TicketStep } from '../../core/messages/tickets/to-ticket-steps';
import { correlationOf, markOf, toTicketText } from '../../core/messages/tickets/ticket-text';
import { success } from '../../core/result';
import type { Channel, DeliveryResult, ReceiverKeys } from '../../flow/ports';
import type { TicketResult, TicketSystem } from './ticket-system';

/** Does something with a system of tickets, by a secret that is read again where it is not taken. */
export type WithSystem = <Value>(act: (system: TicketSystem) => TicketResult<Value>) => TicketResult<Value>;

/**
 * Keeps one ticket a target. Before one is made the receiver is asked whether there is one, and before a comment is
 * repeated whether it is there: what was sent without a clear answer is not sent twice.
 */
export function createTicketChannel(withSystem: WithSystem): Channel {
  return {
    probeReceiver: () => withSystem((system) => system.probe()),
    keepsMatters: true,
    deliveriesOf: (notice, thread, _overtaken, isLate) =>
      toTicketSteps(notice, thread, isLate).map((step) => ({
        id: step,
        send: (keys, mayBeSent) => withSystem((system) => take(step, { notice, keys, mayBeSent }, system)),
      })),
  };
}

interface Delivery {
  readonly notice: Notice;
  readonly keys: ReceiverKeys;
  readonly mayBeSent: boolean;
}

async function take(step: TicketStep, delivery: Delivery, system: TicketSystem): DeliveryResult {
  const { notice, keys } = delivery;
  const key = keys[TICKET];
  if (step === 'resolve' && key === undefined) return resolveFound(notice, system);
  if (step === 'create' || key === undefined) return create(notice, system);
  switch (step) {
    case 'comment':
      return comment(key, delivery, system);
    case 'resolve': {
      const resolved = await system.resolve(key, toTicketText(notice));
      return resolved.ok ? success({}) : resolved;
    }
    case 'reopen': {
      const reopened = await system.reopen(key);
      if (!reopened.ok) return reopened;
      return reopened.value === 'done' || notice.matter === 'ends' ? success({}) : create(notice, system);
    }
  }
}

/** An answer was lost: whether a ticket was made, only the receiver knows. */
async function resolveFound(notice: Notice, system: TicketSystem): DeliveryResult {
  const found = await system.find(correlationOf(notice));
  if (!found.ok || found.value === undefined) return found.ok ? success({}) : found;
  const { key } = found.value;
  const resolved = await system.resolve(key, toTicketText(notice));
  return resolved.ok ? success({ [TICKET]: key }) : resolved;
}

/** What is there already is taken for it: its answer was lost, or the ledger has forgotten it. */
async function create(notice: Notice, system: TicketSystem): DeliveryResult {
  const correlation = correlationOf(notice);
  const text = toTicketText(notice);
  const found = await system.find(correlation);
  if (!found.ok) return found;
  if (found.value === undefined) {
    const { severity, id: eventId } = notice;
    const created = await system.create({ correlation, text, severity, eventId });
    return created.ok ? success({ [TICKET]: created.value, [TICKET_EVENT]: eventId }) : created;
  }
  const { key, says } = found.value;
  const keys = { [TICKET]: key, [TICKET_EVENT]: notice.id };
  if (says.includes(text.mark)) return success(keys);
  const commented = await commentOnce(key, { notice, mayBeSent: true }, system);
  return commented.ok ? success(keys) : commented;
}

async function comment(key: string, delivery: Delivery, system: TicketSystem): DeliveryResult {
  const { notice, keys } = delivery;
  if (keys[TICKET_EVENT] === notice.id) return success({});
  const commented = await commentOnce(key, delivery, system);
  if (!commented.ok) return commented;
  // A ticket that somebody deleted ends nothing; what is open has one.
  return commented.value === 'gone' && notice.matter === 'opens' ? create(notice, system) : success({});
}

async function commentOnce(
  key: string,
  { notice, mayBeSent }: Pick<Delivery, 'notice' | 'mayBeSent'>,
  system: TicketSystem,
): TicketResult<'done' | 'gone'> {
  const there = mayBeSent ? await system.hasComment(key, markOf(notice)) : success(false);
  // Comments that cannot be read are no reason to say nothing.
  if (!there.ok && there.error.code !== 'not-understood') return there;
  return there.ok && there.value ? success('done') : system.comment(key, toTicketText(notice));
}
