import type { TicketText } from '../../core/messages/tickets/ticket-text';
import type { Result } from '../../core/result';
import type { DeliveryFailure } from '../../flow/ports';

export type TicketResult<Value> = Promise<Result<Value, DeliveryFailure>>;

export interface NewTicket {
  /** Says which target it is about, whatever ledger forgets it. */
  readonly correlation: string;
  readonly text: TicketText;
  /** As Security Hub labels it. */
  readonly severity: string | undefined;
  readonly eventId: string;
}

/** Somebody deleted it, where the receiver says that there is none of that key. */
export type Gone = 'gone';

/** What a system of tickets can do, in no vendor's terms. Every key is one that it answered. */
export interface TicketSystem {
  /** Whether it takes our secret and shows where tickets are made, by reading; a phrase that says what answered. */
  probe(): TicketResult<string>;
  /** The newest unresolved ticket of a target, and all that its description says. */
  find(correlation: string): TicketResult<{ readonly key: string; readonly says: string } | undefined>;
  create(ticket: NewTicket): TicketResult<string>;
  /** Whether a comment of it holds a text. */
  hasComment(key: string, mark: string): TicketResult<boolean>;
  comment(key: string, text: TicketText): TicketResult<'done' | Gone>;
  /** What is resolved or gone already is as it should be. */
  resolve(key: string, text: TicketText): TicketResult<void>;
  /** `impossible`: its workflow does not lead back from where it is. What is open already is as it should be. */
  reopen(key: string): TicketResult<'done' | 'impossible' | Gone>;
}
