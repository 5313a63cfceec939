/**
 * Channels by the names that commands, queues and the outbox of the sandbox use; `portcullis.yaml` has them as keys.
 */
export const CHANNEL_NAMES = ['webhook', 'pagerduty', 'email', 'slack', 'servicenow', 'jira', 'securityhub'] as const;

export type ChannelName = (typeof CHANNEL_NAMES)[number];
