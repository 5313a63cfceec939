/** What one account, or all of them, had to do with in a while. */
export interface DigestCounts {
  /** Targets that were found open, or were opened again by an undo or the end of an exception. */
  readonly opened: number;
  /** Targets that were closed, and read back as closed. */
  readonly closed: number;
  /** Questions that nobody has answered, now. */
  readonly waiting: number;
  /** Targets that could not be closed, or of which nobody could tell. */
  readonly failed: number;
  /** Exceptions in force that end within {@link SOON_DAYS}, or whose end is due. */
  readonly ending: number;
  /** Grants whose rule is open now. */
  readonly granted: number;
}

export const DIGEST_COUNTS = ['opened', 'closed', 'waiting', 'failed', 'ending', 'granted'] as const;

export interface AccountDigest extends DigestCounts {
  readonly account: string;
}

/** Something that somebody may want to do something about. */
export interface DigestItem {
  /** Of the question, exception, grant or remediation. */
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly target: string;
  /** ISO 8601, UTC: when it ends; of what failed, when it did. */
  readonly at: string;
  /** Who or why, truncated; empty where nobody said. */
  readonly about: string;
}

/** What was so in a while, by account: counts of all, and of each list the first {@link MOST_ITEMS}. */
export interface Digest {
  /** ISO 8601, UTC, both. */
  readonly since: string;
  readonly until: string;
  readonly all: DigestCounts;
  /** Those with something to say, the most of it first; at most {@link MOST_ACCOUNTS}. */
  readonly accounts: readonly AccountDigest[];
  readonly moreAccounts: number;
  /** Items of the ledger that do not read as they were written: they are in no count. */
  readonly unreadable: number;
  /** What ends first comes first. */
  readonly waiting: readonly DigestItem[];
  readonly ending: readonly DigestItem[];
  readonly granted: readonly DigestItem[];
  /** The newest first. */
  readonly failed: readonly DigestItem[];
}

export const SOON_DAYS = 7;

/** SQS and SNS take 256 KiB: so many are some 120 KiB, in whatever script people write. */
export const MOST_ACCOUNTS = 500;
export const MOST_ITEMS = 50;
export const MOST_ABOUT = 120;

/** Whether there is anything that somebody might want to read. */
export function isQuietDigest({ all, unreadable }: Digest): boolean {
  return unreadable === 0 && DIGEST_COUNTS.every((name) => all[name] === 0);
}
