import type { Thread } from '../../core/messages/thread';
import type { PortResult } from './port-failure';

/** What the ledger remembers of a channel and a target: one item, written whole by whoever holds it. */
export interface ThreadRecord {
  readonly thread: Thread;
  /** When the newest notice was put on the bus of which something was sent. */
  readonly lastSentAt?: string;
  /** Notices that are done with, the newest last. */
  readonly delivered: readonly string[];
  /** Notices of which something was sent, but not all. */
  readonly begun: readonly BegunNotice[];
}

export interface BegunNotice {
  readonly id: string;
  /** Ids of the deliveries that were sent. */
  readonly sent: readonly string[];
  /** As it was before the first of them, and whether the notice came late. */
  readonly before: Thread;
  readonly overtaken: boolean;
  /** What the notice says of controls; missing in what earlier versions have written. */
  readonly says?: Thread['controls'];
}

export interface ThreadKey {
  readonly channel: string;
  /** What the notices are about: a target's key, or `test`. */
  readonly subject: string;
}

/** Held by one message at a time, so that two about one target are not sent at once. */
export interface HeldThread {
  /** Undefined where nothing was ever sent. */
  readonly record: ThreadRecord | undefined;
  /** Writes it, and keeps holding it. `conflict` when it was held too long, and another message holds it now. */
  save(record: ThreadRecord): PortResult<void>;
  /** Writes it, and lets it go. */
  release(record: ThreadRecord): PortResult<void>;
}

/** The ledger's side of channels. */
export interface Threads {
  /**
   * Takes hold of a thread. `conflict` when another message holds it: try again in some seconds.
   *
   * @param forSeconds for as long as a message may be worked on
   */
  hold(key: ThreadKey, now: Date, forSeconds: number): PortResult<HeldThread>;
}
