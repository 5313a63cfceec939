import type { ChannelName } from '../core/messages/channel-name';
import type { Channel, Clock, FindingTickets, MailTopic, Secrets } from '../flow/ports';
import { createEmailChannel } from './email/email-channel';
import { createHttp } from './http';
import { createJiraChannel, type JiraSettings } from './jira/jira-channel';
import { createPagerDutyChannel, type PagerDutySettings } from './pagerduty/pagerduty-channel';
import { createSecurityHubChannel, type SecurityHubTicketSettings } from './securityhub/security-hub-channel';
import { createServiceNowChannel, type ServiceNowSettings } from './servicenow/servicenow-channel';
import { createSlackChannel, type SlackSettings } from './slack/slack-channel';
import { createWebhookChannel, type WebhookSettings } from './webhook/webhook-channel';

/** What each channel needs to know, by its name. */
export interface ChannelSettings {
  readonly webhook: WebhookSettings;
  readonly pagerduty: PagerDutySettings;
  readonly email: EmailSettings;
  readonly slack: SlackSettings;
  readonly servicenow: ServiceNowSettings;
  readonly jira: JiraSettings;
  readonly securityhub: SecurityHubTicketSettings;
}

/** Who is written to is known to the topic alone. */
export type EmailSettings = Readonly<Record<string, never>>;

/** What channels have in common. */
export interface ChannelTools {
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Missing where no channel is one of mail. */
  readonly mailTopic?: MailTopic;
  /** Missing where no channel has Security Hub make tickets. */
  readonly findingTickets?: FindingTickets;
}

/** The channels that are configured, each as the flow notifies it. */
export function createChannels(
  settings: Partial<ChannelSettings>,
  { secrets, clock, mailTopic, findingTickets }: ChannelTools,
): Readonly<Partial<Record<ChannelName, Channel>>> {
  const tools = { secrets, clock, http: createHttp(clock) };
  const { webhook, pagerduty, email, slack, servicenow, jira, securityhub } = settings;
  return {
    ...(webhook && { webhook: createWebhookChannel(webhook, tools) }),
    ...(pagerduty && { pagerduty: createPagerDutyChannel(pagerduty, tools) }),
    ...(slack && { slack: createSlackChannel(slack, tools) }),
    ...(servicenow && { servicenow: createServiceNowChannel(servicenow, tools) }),
    ...(jira && { jira: createJiraChannel(jira, tools) }),
    ...(securityhub && findingTickets && { securityhub: createSecurityHubChannel(securityhub, findingTickets) }),
    ...(email && mailTopic && { email: createEmailChannel(mailTopic) }),
  };
}
