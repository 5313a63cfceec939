import { AwsSolutionsChecks } from 'cdk-nag';
import { CHANNEL_NAMES } from '../../src/core/messages/channel-name';
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
  email: { addresses: ['security@example.com', 'team@example.com'], events: ['Ingress Closed'] },
};

const without = synthesize();
const told = synthesize(exampleWith({ notifications: NOTIFICATIONS }));
const { hub } = told.templates;
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
  expect(told.templates.member.toJSON()).toEqual(without.templates.member.toJSON());
});

test('cdk-nag finds nothing that nobody explained', () => {
  const report = new AwsSolutionsChecks(told.app).validateScope(told.app);
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
  const acme = synthesize(exampleWith({ prefix: 'Acme', notifications: NOTIFICATIONS }));
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

test("the notifier is one of those whom the ledger's own policy lets write", () => {
  const denied = statementsOf(hub).find(({ sid }) => sid === 'FunctionsAloneWrite');
  const writers = (denied?.condition['ArnNotEquals']?.['aws:PrincipalArn'] ?? []) as unknown[];
  expect(writers.map((arn) => renderArn(arn).replace(/^.*:role\//, ''))).toContain('Portcullis-Notifier');
});

test('the notifier is told of the configuration what its code accepts, and of filters only those that are there', () => {
  const [notifier] = resourcesOf(hub, 'AWS::Lambda::Function').filter(
    ({ properties }) => properties['FunctionName'] === 'Portcullis-Notifier',
  );
  const { Variables } = notifier?.properties['Environment'] as { readonly Variables: Record<string, unknown> };
  const settings = parseNotifierSettings({
    PORTCULLIS_LEDGER_TABLE: 'Portcullis-Ledger',
    // References are the URLs of queues.
    PORTCULLIS_CHANNELS: renderArn(Variables['PORTCULLIS_CHANNELS']).replaceAll(/\$\{[^}]*\}/g, 'https://queue'),
  });
  expect(settings.channels).toEqual({
    webhook: {
      queueUrl: 'https://queue',
      deadLetterQueueUrl: 'https://queue',
      filters: { severities: ['HIGH'], accounts: ['222222222222'] },
      settings: { url: 'https://example.com/hook', secretName: 'team/hook' },
    },
    pagerduty: {
      queueUrl: 'https://queue',
      deadLetterQueueUrl: 'https://queue',
      filters: {},
      settings: { host: 'events.eu.pagerduty.com', secretName: 'portcullis/pagerduty' },
    },
    slack: {
      queueUrl: 'https://queue',
      deadLetterQueueUrl: 'https://queue',
      filters: {},
      settings: { channel: 'C0123ABCD', secretName: 'portcullis/slack' },
    },
    servicenow: {
      queueUrl: 'https://queue',
      deadLetterQueueUrl: 'https://queue',
      filters: {},
      settings: {
        ...{ instance: 'https://example.service-now.com', secretName: 'portcullis/servicenow' },
        ...{ resolveState: 'Resolved', reopenState: 'In Progress', closeCode: 'Solution provided' },
        fields: { assignment_group: 'Network' },
      },
    },
    jira: {
      queueUrl: 'https://queue',
      deadLetterQueueUrl: 'https://queue',
      filters: {},
      settings: {
        ...{ site: 'https://example.atlassian.net', secretName: 'portcullis/jira', project: 'SEC', issueType: 'Task' },
        ...{ resolveTransition: 'Done', reopenTransition: 'To Do', fields: {} },
      },
    },
    email: {
      queueUrl: 'https://queue',
      deadLetterQueueUrl: 'https://queue',
      filters: { events: ['Ingress Closed'] },
      settings: { topicArn: 'https://queue' },
    },
  });
  expect(Object.keys(settings.channels).sort()).toEqual([...channels].sort());
});

test('every address of email is subscribed to a topic of its own, which nobody reaches without TLS', () => {
  hub.hasResourceProperties('AWS::SNS::Topic', { TopicName: 'Portcullis-Notifications' });
  const subscribed = resourcesOf(hub, 'AWS::SNS::Subscription').map(({ properties }) => properties['Endpoint']);
  expect(subscribed).toEqual(['security@example.com', 'team@example.com']);
  expect(ofNotifier('SendMail').actions).toEqual(['sns:Publish']);
});
