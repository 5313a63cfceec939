import { parseConfiguration, renderMistake } from '../../../../src/core/configuration/parse-configuration';

const VALID = {
  organizationId: 'o-a1b2c3d4e5',
  hub: { account: '111111111111', aggregationRegion: 'eu-central-1' },
  members: { primaryRegion: 'eu-central-1', regions: ['eu-central-1'] },
};

function mistakesIn(notifications: unknown): readonly string[] {
  const parsed = parseConfiguration({ ...VALID, notifications });
  return parsed.ok ? [] : parsed.error.map(renderMistake);
}

test('a channel needs its address, and has a secret by a name of its own', () => {
  const parsed = parseConfiguration({ ...VALID, notifications: { webhook: { url: 'https://example.com/hook' } } });
  expect(parsed).toMatchObject({
    ok: true,
    value: { notifications: { webhook: { url: 'https://example.com/hook', secretName: 'portcullis/webhook' } } },
  });
});

test.each<[string, unknown, string]>([
  ['Undo for no time', { slack: { channel: 'C0123ABCD', undo: {} } }, 'notifications.slack.undo.within: is missing'],
  [
    'Undo for a moment',
    { slack: { channel: 'C0123ABCD', undo: { within: '1m', approvers: ['slack:U0456EFGH'] } } },
    'notifications.slack.undo.within: "1m" is not valid; write minutes, hours or days from 5m to 30d',
  ],
  [
    'Undo by nobody',
    { slack: { channel: 'C0123ABCD', undo: { within: '24h' } } },
    'names nobody who may undo; list who may undo, such as approvers: [slack:S0123ABCD]',
  ],
  [
    'Undo by a role, which clicks nothing',
    { slack: { channel: 'C0123ABCD', undo: { within: '24h', approvers: ['role:SecurityLead'] } } },
    'notifications.slack.undo.approvers[0]: "role:SecurityLead" is not valid',
  ],
  ['a key that no channel has', { slak: {} }, 'notifications.slak'],
  [
    'a webhook without an address',
    { webhook: {} },
    'notifications.webhook.url: is missing; write an address that begins',
  ],
  [
    'an address without TLS',
    { webhook: { url: 'http://example.com' } },
    'notifications.webhook.url: "http://example.com" is not valid',
  ],
  ['an address with a password', { webhook: { url: 'https://a:b@example.com' } }, 'notifications.webhook.url'],
  [
    'an ARN of a secret',
    { webhook: { url: 'https://example.com', secretName: 'arn:aws:secretsmanager:x' } },
    'notifications.webhook.secretName',
  ],
  [
    'an event that there is not',
    { webhook: { url: 'https://example.com', events: ['Closed'] } },
    'notifications.webhook.events[0]: "Closed" is not valid; write one of Ingress Closed,',
  ],
  [
    'the name of a unit',
    { webhook: { url: 'https://example.com', organizationalUnits: ['Production'] } },
    'notifications.webhook.organizationalUnits[0]: "Production"',
  ],
  [
    'a mode that is told to nobody',
    { webhook: { url: 'https://example.com', modes: ['ignore'] } },
    'notifications.webhook.modes[0]: "ignore" is not valid; write one of auto, ask, notify',
  ],
  ['no event', { webhook: { url: 'https://example.com', events: [] } }, 'notifications.webhook.events'],
  [
    'a severity that there is not',
    { webhook: { url: 'https://example.com', severities: ['high'] } },
    'notifications.webhook.severities[0]: "high"',
  ],
  [
    'an account as a number',
    { webhook: { url: 'https://example.com', accounts: [222222222222] } },
    'notifications.webhook.accounts[0]',
  ],
  ['another host of PagerDuty', { pagerDuty: { host: 'events.example.com' } }, 'notifications.pagerDuty.host'],
  ['the name of a channel', { slack: { channel: '#security' } }, 'notifications.slack.channel: "#security"'],
  ['mail to nobody', { email: { addresses: [] } }, 'notifications.email.addresses'],
  ['mail to what is no address', { email: { addresses: ['alice'] } }, 'notifications.email.addresses[0]: "alice"'],
  ['a site with a path', { jira: { site: 'https://example.com/jira', project: 'SEC' } }, 'notifications.jira.site'],
  ['a site without TLS', { jira: { site: 'http://example.com', project: 'SEC' } }, 'notifications.jira.site'],
  [
    'the name of a project',
    { jira: { site: 'https://example.atlassian.net', project: 'Security' } },
    'notifications.jira.project: "Security" is not valid; write the key of the project, such as SEC',
  ],
  [
    'labels with spaces, which Jira takes of no ticket',
    { jira: { site: 'https://example.atlassian.net', project: 'SEC', fields: { labels: ['two words'] } } },
    'write a list of words without spaces, such as labels: [network, team-a]',
  ],
  ['tickets of nowhere', { serviceNow: {} }, 'notifications.serviceNow.instance: is missing'],
  [
    'a field that is no text',
    { serviceNow: { instance: 'https://example.service-now.com', fields: { urgency: 1 } } },
    'notifications.serviceNow.fields.urgency',
  ],
  [
    'fields of more than the function has room for',
    { serviceNow: { instance: 'https://example.service-now.com', fields: { comments: 'x'.repeat(1000) } } },
    'notifications.serviceNow.fields',
  ],
  ['an address twice', { email: { addresses: ['a@example.com', 'a@example.com'] } }, 'names an address twice'],
])('%s is a mistake with its place and its fix', (_what, notifications, mistake) => {
  const mistakes = mistakesIn(notifications);
  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toContain(mistake);
});

describe('tickets of Security Hub V2', () => {
  const CONNECTOR = 'a1b2c3d4-5678-90ab-cdef-111111111111';
  const of = (connectorId: unknown, securityHub: string) => {
    const parsed = parseConfiguration({ ...VALID, securityHub, notifications: { securityHub: { connectorId } } });
    return parsed.ok ? [] : parsed.error.map(renderMistake);
  };

  test.each(['v2', 'both'])('are made where securityHub is %s', (kind) => {
    expect(of(CONNECTOR, kind)).toEqual([]);
  });

  test('are refused where findings of V2 are not read', () => {
    expect(of(CONNECTOR, 'cspm')).toEqual([
      expect.stringMatching(
        /^notifications.securityHub: .*Security Hub V2.*; write securityHub: both, or v2, or use jira/,
      ),
    ]);
  });

  test.each(['arn:aws:securityhub:eu-central-1:1:connectorv2/a1b2', 'SEC', 7, ''])('%s is no connector', (id) => {
    expect(of(id, 'v2')).toEqual([
      expect.stringMatching(/connectorId: .* as aws securityhub list-connectors-v2 shows it/),
    ]);
  });
});

test('all mistakes come at once', () => {
  expect(mistakesIn({ webhook: { secretName: '', events: ['Closed'], controls: ['EC2.1'] }, mail: {} })).toHaveLength(
    5,
  );
});

test('this machine may be posted to without TLS: that is how somebody tries it out', () => {
  expect(mistakesIn({ webhook: { url: 'http://127.0.0.1:8080/hook' } })).toEqual([]);
});
