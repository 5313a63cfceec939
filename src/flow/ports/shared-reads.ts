import type { Finding } from '../../core/findings/finding';
import type { Target } from '../../core/target';
import type { PortResult } from './port-failure';

/** A remediation that waits for its turn with Security Hub, to read the findings on its target. */
export interface WaitingRead {
  readonly target: Target;
  readonly remediationId: string;
}

/** One that stands in the ledger, under the key by which it is answered there. */
export interface AnnouncedRead extends WaitingRead {
  readonly key: string;
}

/**
 * What lets executions that wait for the same scarce call read for one another: who has the turn reads the findings on
 * the targets of others in the same call, and leaves them where those read.
 */
export interface SharedReads {
  /** Takes the turn, of which there is one a second; false where somebody else has it. */
  takeTurn(now: Date): PortResult<boolean>;
  /** Says that somebody waits; said again each time that it is tried again. */
  announce(read: WaitingRead, now: Date): PortResult<void>;
  /** Those that were announced within the last minute and are not answered, the latest first. */
  fetchAnnounced(now: Date): PortResult<readonly AnnouncedRead[]>;
  /** Leaves what was read for somebody who waits. */
  handOver(read: AnnouncedRead, findings: readonly Finding[], now: Date): PortResult<void>;
  /**
   * Takes the next of the moments at which findings are updated, as many a second as Security Hub allows; milliseconds
   * until it, 0 where nobody is before.
   */
  takeUpdateSlot(now: Date): PortResult<number>;
  /** What was read for this remediation within the last half minute; undefined where nothing was. */
  fetchHandedOver(read: WaitingRead, now: Date): PortResult<readonly Finding[] | undefined>;
}
