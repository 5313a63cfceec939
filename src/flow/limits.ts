/** The orchestrator's execution time-out, as the stack must set it: so long a target can be held at most. */
export const EXECUTION_TIMEOUT_SECONDS = 3600;

/** Deliveries of a message before it goes to the dead-letter queue, as the stack must set them. */
export const MAX_DELIVERIES = 5;

/** Findings of one target arrive seconds apart; waiting this long makes them one remediation. */
export const GATHER_SECONDS = 2;

/** Remediations that one execution processes before it gives up on a target that keeps getting new requests. */
export const MAX_REMEDIATIONS_PER_EXECUTION = 20;

/** Times that a plan is made again because the rules changed under it. */
export const MAX_ROUNDS = 3;

/** Plans that an isolation is made of: its group, that it is empty, its interfaces; and what others change. */
export const MAX_ISOLATION_ROUNDS = 8;

/** Pauses before a plan is made again because a service failed transiently: a plan is tried three times in all. */
export const RETRY_SECONDS_AFTER_FAILURE = [30, 120] as const;

/** Pauses between reads of the rules while a runbook works: 5 minutes in all. */
export const POLL_SECONDS = [4, 3, 5, 8, 13, 20, 30, 30, 30, 40, 60, 60] as const;

/** Reads without effect after which SSM is asked why; its quota for that is 3 calls a second. */
export const POLLS_BEFORE_ASKING = 3;

/**
 * SSM runs 100 automations at once in an account and Region and lets 5,000 wait: while it says that ours waits, it is
 * polled half a minute apart, for twenty minutes, before the pauses above go on: with all else that an execution may
 * wait for, less than its hour.
 */
export const QUEUED_POLLS = { seconds: 30, most: 40 } as const;

/** Pauses between polls for the answer of a query of flow logs: 2 minutes in all. */
export const QUERY_SECONDS = [2, 3, 5, 10, 20, 30, 50] as const;

/** Pauses before SSM is asked what an execution called, until it is over: 2 minutes in all. */
export const REPORT_SECONDS = [2, 5, 15, 30, 60] as const;

/**
 * Pauses between searches for a finding that the dispatcher saw and that does not show any more: 7 minutes in all.
 * Security Hub documents "several minutes" for what has changed.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 */
export const SHOW_SECONDS = [5, 15, 40, 120, 240] as const;

/**
 * Deliveries of a channel's message before it goes to the channel's dead-letter queue, as the stack must set them: with
 * the pauses below some five hours in which a receiver may be out of order.
 */
export const MAX_NOTICE_DELIVERIES = 24;

/** The first pause before a channel is tried again; each is twice the one before, up to the longest. */
export const NOTICE_RETRY_SECONDS = { first: 30, longest: 900 } as const;

/** The notifier's time-out, as the stack must set it: so long a message holds what it is about. */
export const NOTIFIER_TIMEOUT_SECONDS = 90;

/** Ids of findings in an event, which holds at most 256 KB; whoever needs every id finds them in the ledger. */
export const MAX_FINDING_IDS = 20;
