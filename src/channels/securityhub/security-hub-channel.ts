import { createHash } from 'node:crypto';
import { toTicketsToMake, type TicketToMake } from '../../core/messages/security-hub/to-tickets';
import { failure, success } from '../../core/result';
import type { Channel, DeliveryFailure, DeliveryResult, FindingTickets, PortFailure } from '../../flow/ports';

export interface SecurityHubTicketSettings {
  readonly connectorId: string;
}

/**
 * Has Security Hub V2 make tickets of findings by a connector of its own. The ledger remembers each; one whose answer
 * is lost is asked for again with the same token, which AWS takes for the same request.
 */
export function createSecurityHubChannel({ connectorId }: SecurityHubTicketSettings, tickets: FindingTickets): Channel {
  return {
    keepsMatters: false,
    deliveriesOf: (notice, thread) =>
      toTicketsToMake(notice, thread).map((ticket) => ({
        id: ticket.id,
        send: () => make(ticket, tokenOf(connectorId, ticket), tickets),
      })),
  };
}

async function make(ticket: TicketToMake, token: string, tickets: FindingTickets): DeliveryResult {
  if (ticket.kind === 'test') {
    const tried = await tickets.createTicket({ token });
    return tried.ok ? success({}) : failure(toDeliveryFailure(tried.error));
  }
  const found = await tickets.fetchFindings(ticket.findingIds);
  if (!found.ok) return failure(toDeliveryFailure(found.error));
  const [finding] = found.value
    .filter(({ control }) => control === ticket.control)
    .toSorted((left, right) => left.uid.localeCompare(right.uid));
  if (finding === undefined) {
    const cause = `Security Hub V2 does not show a finding of ${ticket.control} that it could make a ticket of`;
    // Findings come over from CSPM by themselves, and may be on their way.
    return failure({ code: 'unavailable', retryable: true, cause });
  }
  const made = await tickets.createTicket({ findingUid: finding.uid, token });
  return made.ok ? success({ [ticket.id]: made.value }) : failure(toDeliveryFailure(made.error));
}

/** 63 characters at most, without blanks. Another connector is another project: what it has no ticket of, it makes. */
function tokenOf(connectorId: string, { once }: TicketToMake): string {
  return `portcullis-${createHash('sha256').update(`${connectorId}/${once}`).digest('hex').slice(0, 48)}`;
}

/** A connector that does not reach its receiver is tried as often as a secret that is not taken. */
function toDeliveryFailure({ code, retryable, cause }: PortFailure): DeliveryFailure {
  if (code === 'access-denied' || code === 'conflict') return { code: 'unauthorized', retryable: true, cause };
  if (code === 'throttled') return { code: 'throttled', retryable: true, cause };
  return retryable || code === 'unknown'
    ? { code: 'unavailable', retryable: true, cause }
    : { code: 'refused', retryable: false, cause };
}
