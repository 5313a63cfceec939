import type { PortResult } from './port-failure';

/** What keeps Portcullis from acting by itself. A person's choice works all the same. */
export interface Brake {
  /** What holds an account, or everything; undefined when nothing does. */
  fetchHold(account: string): PortResult<Hold | undefined>;
  /** Holds; where one holds it already, that one stays. Answers whether this one began. */
  hold(hold: Hold): PortResult<boolean>;
  /** Ends a hold, and answers what held; undefined when nothing did. Of everything: closings are counted anew. */
  release(account: string): PortResult<Hold | undefined>;
  /**
   * Counts a closing that nobody chose, and answers how many there were within the latest minutes, this one included;
   * from the latest release on, where that is later. What is lost on the way may be counted twice.
   */
  countClosing(now: Date, minutes: number): PortResult<number>;
  /** All that stand, in no order. */
  fetchHolds(): PortResult<readonly Hold[]>;
}

/** Every account, when somebody has pulled the brake. */
export const EVERYTHING = '*';

export interface Hold {
  /** 12 digits, or {@link EVERYTHING}. */
  readonly account: string;
  /** What happened, for the person who looks. */
  readonly reason: string;
  /** The remediation that was not verified; missing where a person holds. */
  readonly remediationId?: string;
  /** ARN of whoever pulled the brake, or `Portcullis itself`. */
  readonly by?: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}
