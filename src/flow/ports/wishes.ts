import type { Wish } from '../../core/interactions/wish';
import type { Target } from '../../core/target';
import type { PortResult } from './port-failure';

/** What people in Slack want done that no question asks about. */
export interface Wishes {
  /**
   * Writes a wish down, once. What is there under its id stays, unless it is older than so: then somebody asks again.
   * Answers the wish that is there now: another one where somebody was first.
   */
  saveWish(wish: Wish, insteadOfBefore: Date): PortResult<Wish>;
  /** Undefined where there is none of that id. Reads are consistent. */
  fetchWish(wishId: string): PortResult<Wish | undefined>;
}

/** A closing, or an isolation, as far as who wants to take it back must know it. */
export interface ClosingInBrief {
  readonly target: Target;
  /** ISO 8601, UTC; missing while it is under way. */
  readonly finishedAt?: string;
  /** The undo that took it back. */
  readonly undoneBy?: string;
}

/** Closings and isolations in the ledger, in brief. */
export interface Closings {
  /** Undefined where the ledger holds no remediation of that id, or one that is neither. */
  fetchClosing(remediationId: string): PortResult<ClosingInBrief | undefined>;
}
