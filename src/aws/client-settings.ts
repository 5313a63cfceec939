/**
 * The same for every client. A call that hangs must not hold a function for minutes, and what the SDK's own three
 * attempts do not solve is left to the durable step or to the queue, which can wait without costing anything.
 */
export const clientSettings = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
} as const;

/**
 * For services with a few calls a second, called within durable steps: hundreds of executions share that, and the SDK's
 * quick attempts would only take one another's turn. A step waits longer, and costs nothing meanwhile.
 */
export const rateLimitedCalls = { maxAttempts: 1 } as const;
