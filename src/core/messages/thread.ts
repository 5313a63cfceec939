/** What a channel was told about one target so far. */
export interface Thread {
  /** What the receiver calls it: a message's `ts`, the key of a ticket; by names of the channel. */
  readonly keys: Readonly<Record<string, string>>;
  /** Controls that the receiver believes to be open. */
  readonly open: readonly string[];
}

export const NEW_THREAD: Thread = { keys: {}, open: [] };
