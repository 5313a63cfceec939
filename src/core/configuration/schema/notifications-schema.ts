import * as z from 'zod';
import type { ChannelFilters } from '../../messages/channel-filters';
import { NOTICE_KINDS } from '../../messages/notice-kinds';
import { SEVERITIES } from '../../policy/policy-entry';
import { accountsCondition, controlsCondition } from './condition-schemas';
import { factConditions } from './fact-conditions-schema';
import { withFix } from './fixes';
import { areDifferent } from './lists';
import { sweepScheduleSchema } from './sweep-schedule-schema';
import { findUndoOfNobody, slackFields } from './slack-schema';
import { securityHubTicketFields } from './security-hub-tickets-schema';
import { jiraFields, serviceNowFields } from './ticket-schemas';

/** What is ignored is reported to nobody. */
const NOTIFIED_MODES = ['auto', 'ask', 'notify'] as const;

/** Of every channel: what it is notified of. Left out, a filter keeps nothing back. */
const filters = {
  events: withFix(
    z.array(withFix(z.enum(NOTICE_KINDS), `write one of ${NOTICE_KINDS.join(', ')}`)).min(1),
    `list some of ${NOTICE_KINDS.join(', ')}, or leave events out`,
  )
    .exactOptional()
    .describe('Events of the bus that the channel is notified of. Left out: all of them.'),
  severities: withFix(
    z.array(withFix(z.enum(SEVERITIES), `write one of ${SEVERITIES.join(', ')}`)).min(1),
    `list some of ${SEVERITIES.join(', ')}, or leave severities out`,
  )
    .exactOptional()
    .describe('Severities of findings. What an event does not say keeps it from nobody.'),
  controls: controlsCondition.exactOptional().describe('Controls, of which an event must name one.'),
  accounts: accountsCondition.exactOptional().describe('Accounts that the target is in.'),
  organizationalUnits: factConditions.organizationalUnits.describe(
    'Units at any level above the account, where it was looked up. What an event does not say keeps it from nobody.',
  ),
  modes: withFix(
    z.array(withFix(z.enum(NOTIFIED_MODES), `write one of ${NOTIFIED_MODES.join(', ')}`)).min(1),
    `list some of ${NOTIFIED_MODES.join(', ')}, or leave modes out`,
  )
    .exactOptional()
    .describe('What the policy decided. What nobody had to decide keeps it from nobody.'),
} satisfies Record<keyof ChannelFilters, unknown>;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
function secretName(example: string) {
  return withFix(
    z
      .string()
      .max(256)
      .regex(/^[\w/+=.@-]+$/),
    `write the name of a secret in the hub account, such as ${example}, not its ARN`,
  )
    .default(example)
    .describe("The secret in AWS Secrets Manager, in the hub's Region. docs/notifications.md has its shape.");
}

/** Loopback is the sandbox's, and of whoever tries something out. */
const IS_SECURE = /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$))/i;

const address = z
  .url()
  .max(1024)
  .regex(IS_SECURE)
  .regex(/^[^#@\s]+$/);

const webhook = withFix(
  z.strictObject({
    url: withFix(address, 'write an address that begins with https://, without user, password and #').describe(
      'Where signed JSON is posted.',
    ),
    secretName: secretName('portcullis/webhook'),
    ...filters,
  }),
  'write { url: https://example.com/hook, secretName: portcullis/webhook }',
);

const pagerDuty = withFix(
  z.strictObject({
    host: withFix(
      z.enum(['events.pagerduty.com', 'events.eu.pagerduty.com']),
      'write events.pagerduty.com, or events.eu.pagerduty.com for an account in the EU',
    )
      .default('events.pagerduty.com')
      .describe('Where the account of PagerDuty is.'),
    secretName: secretName('portcullis/pagerduty'),
    ...filters,
  }),
  'write { secretName: portcullis/pagerduty }',
);

/** More are a mailing list of their own. */
const MOST_ADDRESSES = 50;

const email = withFix(
  z.strictObject({
    addresses: withFix(
      z
        .array(withFix(z.email(), 'write an e-mail address'))
        .min(1)
        .max(MOST_ADDRESSES)
        .refine(areDifferent, { message: 'names an address twice', when: ({ value }) => Array.isArray(value) }),
      `list 1 to ${String(MOST_ADDRESSES)} e-mail addresses, each once, such as [security@example.com]`,
    ).describe('Each must confirm the subscription once.'),
    perEvent: withFix(z.boolean(), 'write true or false')
      .default(true)
      .describe('Whether there is a mail for each event that passes the filters. `false`: only the digest.'),
    digest: sweepScheduleSchema
      .exactOptional()
      .describe("When a digest by account is sent, in UTC, such as 'cron(0 7 * * ? *)'. Left out: never."),
    digestWhenQuiet: withFix(z.boolean(), 'write true or false')
      .default(true)
      .describe('Whether a digest that has nothing to report is sent, and says so.'),
    ...filters,
  }),
  "write { addresses: [security@example.com], digest: 'cron(0 7 * * ? *)' }",
);

const slack = withFix(
  z
    .strictObject({
      ...slackFields,
      secretName: secretName('portcullis/slack'),
      ...filters,
    })
    .superRefine((fields, context) => {
      if (!findUndoOfNobody(fields)) return;
      const fix = 'list who may undo, such as approvers: [slack:S0123ABCD]';
      context.addIssue({ code: 'custom', path: ['undo'], message: 'names nobody who may undo', params: { fix } });
    }),
  'write { channel: C0123ABCD, secretName: portcullis/slack }',
);

const serviceNow = withFix(
  z.strictObject({ ...serviceNowFields, secretName: secretName('portcullis/servicenow'), ...filters }),
  'write { instance: https://example.service-now.com, secretName: portcullis/servicenow }',
);

const jira = withFix(
  z.strictObject({ ...jiraFields, secretName: secretName('portcullis/jira'), ...filters }),
  'write { site: https://example.atlassian.net, project: SEC, secretName: portcullis/jira }',
);

const securityHub = withFix(
  z.strictObject({ ...securityHubTicketFields, ...filters }),
  'write { connectorId: a1b2c3d4-5678-90ab-cdef-111111111111 }',
);

/** Of all channels together: they are one argument of a command when they are bundled, deflated. */
const MAX_CHANNELS_CHARACTERS = 100_000;

/** Who is notified of what Portcullis did, and what it needs. */
export const notificationsSchema = withFix(
  z
    .strictObject({
      webhook: webhook.exactOptional().describe('Signed JSON to an address of yours.'),
      pagerDuty: pagerDuty.exactOptional().describe('Incidents of PagerDuty, by its Events API v2.'),
      slack: slack.exactOptional().describe('Messages in a channel of Slack.'),
      email: email.exactOptional().describe('Mail by Amazon SNS.'),
      serviceNow: serviceNow.exactOptional().describe('Incidents of ServiceNow, by its Table API.'),
      jira: jira.exactOptional().describe('Issues of Jira Cloud.'),
      securityHub: securityHub
        .exactOptional()
        .describe('Tickets that Security Hub V2 makes by a connector of its own. Not with `securityHub: cspm`.'),
    })
    .refine((channels) => JSON.stringify(channels).length <= MAX_CHANNELS_CHARACTERS, {
      message: 'are more than channels may hold together (100,000 characters)',
      params: { fix: 'write shorter lists, or filter by organizationalUnits instead of accounts' },
    }),
  'write { webhook: { url: https://example.com/hook } }, or leave notifications out',
);

export type NotificationsConfiguration = z.output<typeof notificationsSchema>;
