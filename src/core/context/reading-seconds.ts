/** How long what is around a target may be read, all of it together: what comes later is not known. */
export const READING_SECONDS = 20;

/** The least that a call and its answer need. */
export const LEAST_READING_SECONDS = 2;

/**
 * The orchestrator's function has five minutes from one wait to the next, and in one of these reads the target, what is
 * around it, and tries once more.
 */
export const MOST_READING_SECONDS = 90;
