/** What the notifier is invoked with to probe receivers: no event of a queue is like it. */
export const PROBE_REQUEST = { lookAtReceivers: true } as const;
