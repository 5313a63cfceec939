import type { DigestInput } from '../../core/digest/to-digest';
import type { ChannelQueues } from './channel-queues';
import type { Clock } from './clock';
import type { PortResult } from './port-failure';

/** What the ledger has for a digest. */
export interface DigestSource {
  /**
   * Remediations that finished since then, and all questions, exceptions and grants.
   *
   * @param since a digest never reads further back
   */
  read(since: Date): PortResult<DigestSourceRead>;
}

/** As it was read. */
export interface DigestSourceRead extends DigestInput {
  /** ISO 8601, UTC: until when the last digest was that people were sent; missing where there was none. */
  readonly lastUntil?: string;
}

/** All that a digest needs. */
export interface DigestPorts {
  readonly clock: Clock;
  readonly source: DigestSource;
  readonly channelQueues: ChannelQueues;
}
