import type { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { notificationsSchema } from '../../src/core/configuration/schema/notifications-schema';
import { renderChannels } from '../../src/core/configuration/to-channels';
import { CHANNEL_NAMES } from '../../src/core/messages/channel-name';
import { NOTICE_KINDS } from '../../src/core/messages/notice-kinds';
import { MAX_NOTICE_DELIVERIES, NOTIFIER_TIMEOUT_SECONDS } from '../../src/flow/limits';
import { parseNotifierSettings } from '../../src/handlers/settings/notifier-settings';
import { mistakesIn } from './service-authorization';
import { renderArn, statementsOf } from './statements';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

const NOTIFICATIONS = {
  webhook: {
    url: 'https://example.com/hook',
    secretName: 'team/hook',
    severities: ['HIGH'],
    accounts: ['222222222222'],
  },
  slack: { channel: 'C0123ABCD' },
  pagerDuty: { host: 'events.eu.pagerduty.com' },
  serviceNow: { instance: 'https://example.service-now.com', fields: { assignment_group: 'Network' } },
  jira: { site: 'https://example.atlassian.net', project: 'SEC' },
  securityHub: { connectorId: 'a1b2c3d4-5678-90ab-cdef-111111111111', severities: ['CRITICAL'] },
  email: {
    addresses: ['security@example.com', 'team@example.com'],
    events: ['Ingress Closed'],
    digest: 'cron(0 7 * * ? *)',
  },
};

const without = synthesize();
const notified = synthesize(exampleWith({ securityHub: 'both', notifications: NOTIFICATIONS }));
const { hub } = notified.templates;
const channels = CHANNEL_NAMES;

function ofNotifier(sid: string) {
  const found = statementsOf(hub).find((statement) => statement.sid === sid);
  if (!found) throw new Error(`There is no statement ${sid}.`);
  return { ...found, names: found.resources.map((resource) => resource.replace(/^.*?:secret:/, '')) };
}

test('left out, or without a channel, no template differs from what it was', () => {
  const none = synthesize(exampleWith({ notifications: {} }));
  expect(none.templates.hub.toJSON()).toEqual(without.templates.hub.toJSON());
  expect(JSON.stringify(without.templates.hub.toJSON())).not.toMatch(/Notif|secretsmanager/);
  expect(notified.templates.member.toJSON()).toEqual(without.templates.member.toJSON());
});

test('cdk-nag finds nothing that nobody explained', () => {
  const report = new AwsSolutionsChecks(notified.app).validateScope(notified.app);
  expect(report.violations.map(({ ruleName }) => ruleName)).toEqual([]);
});

test('no template names a partition, or grants an action by wildcard', () => {
  expect(JSON.stringify(hub.toJSON())).not.toMatch(/arn:aws(-[a-z-]+)?:/);
  const wildcards = statementsOf(hub).filter(
    ({ effect, actions }) => effect === 'Allow' && actions.join().includes('*'),
  );
  expect(wildcards).toEqual([]);
});

test('everything has a name that begins with the prefix', () => {
  const acme = synthesize(exampleWith({ prefix: 'Acme', securityHub: 'both', notifications: NOTIFICATIONS }));
  expect(JSON.stringify(acme.templates.hub.toJSON())).not.toMatch(/Portcullis-/);
});

test('every action of every policy exists, can have the resource that is named, and knows the condition keys', async () => {
  const found = await Promise.all(statementsOf(hub).map(mistakesIn));
  expect([...new Set(found.flat())]).toEqual(['sqs:*: no such action']);
});

test.each(channels)('%s has a rule of the bus, a queue with dead letters, and an alarm over those', (channel) => {
  hub.hasResourceProperties('AWS::Events::Rule', {
    Name: `Portcullis-Notify-${channel}`,
    EventPattern: { source: ['portcullis'] },
  });
  hub.hasResourceProperties('AWS::SQS::Queue', {
    QueueName: `Portcullis-Notify-${channel}`,
    RedrivePolicy: { maxReceiveCount: MAX_NOTICE_DELIVERIES },
    VisibilityTimeout: 6 * NOTIFIER_TIMEOUT_SECONDS,
    SqsManagedSseEnabled: true,
  });
  hub.hasResourceProperties('AWS::SQS::Queue', {
    QueueName: `Portcullis-Notify-${channel}-DeadLetters`,
    MessageRetentionPeriod: 14 * 24 * 3600,
  });
  hub.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: `Portcullis-NotificationsDeadLetters-${channel}`,
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Threshold: 1,
  });
});

test('the notifier reads the secrets of its channels and no others, and of the ledger what begins with NOTICE#', () => {
  expect(ofNotifier('ReadSecrets')).toMatchObject({
    actions: ['secretsmanager:GetSecretValue'],
    names: [
      ...['portcullis/jira-??????', 'portcullis/pagerduty-??????', 'portcullis/servicenow-??????'],
      ...['portcullis/slack-??????', 'team/hook-??????'],
    ],
  });
  expect(ofNotifier('RememberWhatWasSent')).toMatchObject({
    actions: ['dynamodb:UpdateItem'],
    condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['NOTICE#*'] } },
  });
});

test('the notifier has tickets made by the one connector that is configured', () => {
  const [made] = statementsOf(hub).filter(({ sid }) => sid === 'MakeTickets');
  expect(made?.actions).toEqual(['securityhub:CreateTicketV2']);
  expect(made?.resources).toEqual([
    expect.stringMatching(/:securityhub:[^:]+:[^:]+:connectorv2\/a1b2c3d4-5678-90ab-cdef-111111111111$/),
  ]);
  expect(statementsOf(without.templates.hub).map(({ sid }) => sid)).not.toContain('MakeTickets');
});

test("the notifier is one of those whom the ledger's own policy lets write", () => {
  const denied = statementsOf(hub).find(({ sid }) => sid === 'FunctionsAloneWrite');
  const writers = (denied?.condition['ArnNotEquals']?.['aws:PrincipalArn'] ?? []) as unknown[];
  expect(writers.map((arn) => renderArn(arn).replace(/^.*:role\//, ''))).toContain('Portcullis-Notifier');
});

test('the environment of the notifier has the channels as its code reads them, and of filters only those that are there', () => {
  const settings = settingsOfNotifier(hub, renderChannels({ notifications: notificationsSchema.parse(NOTIFICATIONS) }));
  expect(settings.channels).toEqual({
    webhook: {
      filters: { severities: ['HIGH'], accounts: ['222222222222'] },
      settings: { url: 'https://example.com/hook', secretName: 'team/hook' },
    },
    pagerduty: {
      filters: {},
      settings: { host: 'events.eu.pagerduty.com', secretName: 'portcullis/pagerduty' },
    },
    slack: {
      filters: {},
      settings: { channel: 'C0123ABCD', secretName: 'portcullis/slack', rights: { approvers: [] } },
    },
    servicenow: {
      filters: {},
      settings: {
        ...{ instance: 'https://example.service-now.com', secretName: 'portcullis/servicenow' },
        ...{ resolveState: 'Resolved', reopenState: 'In Progress', closeCode: 'Solution provided' },
        fields: { assignment_group: 'Network' },
      },
    },
    jira: {
      filters: {},
      settings: {
        ...{ site: 'https://example.atlassian.net', secretName: 'portcullis/jira', project: 'SEC', issueType: 'Task' },
        ...{ resolveTransition: 'Done', reopenTransition: 'To Do', fields: {} },
      },
    },
    securityhub: {
      filters: { severities: ['CRITICAL'] },
      settings: { connectorId: 'a1b2c3d4-5678-90ab-cdef-111111111111' },
    },
    email: { filters: { events: ['Ingress Closed'] }, settings: {} },
  });
  expect(Object.keys(settings.queues).sort()).toEqual([...channels].sort());
  expect(settings.mailTopicArn).toBeDefined();
});

const LONG = {
  events: NOTICE_KINDS,
  severities: ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'],
  accounts: Array.from({ length: 900 }, (_, index) => String(200_000_000_000 + index)),
};

test('seven channels with 900 accounts each leave of the 4 KB of an environment more than half, and are read by its code', () => {
  const long = Object.fromEntries(Object.entries(NOTIFICATIONS).map(([name, each]) => [name, { ...each, ...LONG }]));
  const { templates } = synthesize(exampleWith({ securityHub: 'both', notifications: long }));
  const file = renderChannels({ notifications: notificationsSchema.parse(long) });
  expect(file.length).toBeGreaterThan(80_000);
  expect(settingsOfNotifier(templates.hub, file).channels.jira?.filters.accounts).toHaveLength(900);
  const variables = Object.values(variablesOfNotifier(templates.hub)).map((value) => renderArn(value));
  // As long as the URLs of queues get: the longest Region, prefix and channel.
  const deployed = variables.map((value) => value.replaceAll(/\$\{[^}]*\}/g, LONGEST_QUEUE_URL));
  expect(deployed.join('').length).toBeLessThan(2048);
});

const LONGEST_QUEUE_URL =
  'https://sqs.ap-southeast-1.amazonaws.com/111111111111/Portcullisss-Notify-servicenow-DeadLetters';

test.each([
  ['a queue', (file: string) => file, { PORTCULLIS_CHANNEL_QUEUES: '{}' }, /^Channels without a queue .*: webhook, /],
  ['the topic of its mail', (file: string) => file, { PORTCULLIS_MAIL_TOPIC: '' }, /PORTCULLIS_MAIL_TOPIC/],
  ['a file', () => 'not JSON', {}, /channels\.json/],
  ['a filter that it knows', (file: string) => file.replace('"severities"', '"gravities"'), {}, /gravities/],
] as const)('the notifier does not start without %s', (_what, edit, variables, why) => {
  const file = renderChannels({ notifications: notificationsSchema.parse(NOTIFICATIONS) });
  expect(() => parseNotifierSettings({ ...environmentOf(hub), ...variables }, edit(file))).toThrow(why);
});

test('more than channels may hold together is refused with what to write instead', () => {
  const accounts = Array.from({ length: 7000 }, (_, index) => String(200_000_000_000 + index));
  const { success, error } = notificationsSchema.safeParse({ webhook: { ...NOTIFICATIONS.webhook, accounts } });
  expect(success).toBe(false);
  expect(error?.issues[0]?.message).toBe('are more than channels may hold together (100,000 characters)');
});

function variablesOfNotifier(template: Template): Record<string, unknown> {
  const [notifier] = resourcesOf(template, 'AWS::Lambda::Function').filter(
    ({ properties }) => properties['FunctionName'] === 'Portcullis-Notifier',
  );
  return (notifier?.properties['Environment'] as { readonly Variables: Record<string, unknown> }).Variables;
}

/** References are the URLs of queues. */
function environmentOf(template: Template): Record<string, string> {
  const variables = Object.entries(variablesOfNotifier(template));
  return Object.fromEntries(
    variables.map(([name, value]) => [name, renderArn(value).replaceAll(/\$\{[^}]*\}/g, 'https://queue')]),
  );
}

function settingsOfNotifier(template: Template, file: string) {
  return parseNotifierSettings(environmentOf(template), file);
}

test('a digest has a schedule, an alarm, and a function that reads the ledger and sends to the queue of mail', () => {
  hub.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(0 7 * * ? *)',
    Target: { Input: '{"scheduledAt":"<aws.scheduler.scheduled-time>"}' },
  });
  hub.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Portcullis-DigestFailed' });
  expect(ofNotifier('ReadLedger').actions).toEqual(['dynamodb:Scan']);
  expect(ofNotifier('MailTheDigest').actions).toEqual(['sqs:SendMessage']);
  const none = synthesize(exampleWith({ notifications: { email: { addresses: ['security@example.com'] } } }));
  expect(JSON.stringify(none.templates.hub.toJSON())).not.toMatch(/Digest/);
});

test('where only the digest is wanted the filter of the channel lets no event pass', () => {
  const email = { addresses: ['security@example.com'], perEvent: false };
  expect(JSON.parse(renderChannels({ notifications: notificationsSchema.parse({ email }) }))).toEqual({
    email: { filters: { events: [] }, settings: {} },
  });
});

test('every address of email is subscribed to a topic of its own, which nobody reaches without TLS', () => {
  hub.hasResourceProperties('AWS::SNS::Topic', { TopicName: 'Portcullis-Notifications' });
  const subscribed = resourcesOf(hub, 'AWS::SNS::Subscription').map(({ properties }) => properties['Endpoint']);
  expect(subscribed).toEqual(['security@example.com', 'team@example.com']);
  expect(ofNotifier('SendMail').actions).toEqual(['sns:Publish']);
});
