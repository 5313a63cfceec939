import { jsonBody, type OutsideRequest, type OutsideResponse } from './outside-request';

/** Whoever can be written to outside of AWS, by the names of the outbox. */
export const RECEIVERS = ['webhook', 'pagerduty', 'email', 'slack', 'jira', 'servicenow', 'securityhub'] as const;

export type Receiver = (typeof RECEIVERS)[number];

/** Whether the outbox has a channel of that name. */
export function isReceiver(name: string): name is Receiver {
  return RECEIVERS.some((receiver) => receiver === name);
}

/** Whose address it is; every one that is nobody else's is a webhook's. */
export function receiverOf({ url }: OutsideRequest): Receiver {
  const { hostname, pathname } = new URL(url);
  if (/^events(\.[a-z]+)?\.pagerduty\.com$/.test(hostname)) return 'pagerduty';
  if (hostname === 'slack.com' || hostname.endsWith('.slack.com')) return 'slack';
  if (hostname.endsWith('.atlassian.net') || pathname.startsWith('/rest/api/3/')) return 'jira';
  if (hostname.endsWith('.service-now.com') || pathname.startsWith('/api/now/')) return 'servicenow';
  return 'webhook';
}

/** What a receiver answers by itself, as its vendor documents it. */
export type Answer = (request: OutsideRequest) => OutsideResponse;

/** Answers of a receiver each, but for those that are content with JSON, or are spoken to by AWS. */
export type Answers = Readonly<Record<Exclude<Receiver, 'webhook' | 'email' | 'securityhub'>, Answer>>;

/** A webhook's receiver is content with everything that is JSON. */
export const answerWebhook: Answer = (request) => ({
  status: jsonBody(request) === undefined ? 400 : 200,
  headers: {},
  body: '',
});
