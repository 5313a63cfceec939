/** What the notifier is invoked with to look at receivers: no event of a queue is like it. */
export const LOOK_REQUEST = { lookAtReceivers: true } as const;
