import type { PortResult } from './port-failure';

/** A finding as Security Hub V2 names it. */
export interface FindingOfControl {
  /** `metadata.uid`. */
  readonly uid: string;
  /** `EC2.13`. */
  readonly control: string;
}

/** What Security Hub V2 makes tickets by, in the hub account's aggregation Region. */
export interface FindingTickets {
  /** Of findings by their `Id` in ASFF, those that V2 shows. */
  fetchFindings(ids: readonly string[]): PortResult<readonly FindingOfControl[]>;
  /**
   * Answers what the ticket's receiver calls it; the same once more for the same `token`. Fails as `conflict` where
   * the connector does not reach its project or instance.
   */
  createTicket(ticket: TicketOfFinding): PortResult<string>;
}

export interface TicketOfFinding {
  /** Left out, of a finding that AWS makes up. */
  readonly findingUid?: string;
  /** 1 to 63 characters without blanks. */
  readonly token: string;
}
