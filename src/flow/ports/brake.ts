import type { PortResult } from './port-failure';

/** What keeps Portcullis from acting by itself. A person's choice works all the same. */
export interface Brake {
  /** What holds an account; undefined when nothing does. */
  fetchHold(account: string): PortResult<Hold | undefined>;
  /** Holds an account; where one holds it already, that one stays. */
  hold(hold: Hold): PortResult<void>;
  /** Ends the hold of an account, and answers what held it; undefined when nothing did. */
  release(account: string): PortResult<Hold | undefined>;
  /** All that stand, in no order. */
  fetchHolds(): PortResult<readonly Hold[]>;
}

export interface Hold {
  readonly account: string;
  /** What happened, for the person who looks. */
  readonly reason: string;
  /** The remediation that was not verified. */
  readonly remediationId: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}
