import { AwsSolutionsChecks } from 'cdk-nag';
import { hasSlackButtons } from '../../src/core/configuration/to-slack-rights';
import { parseSlackSettings } from '../../src/handlers/settings/slack-settings';
import { mistakesIn } from './service-authorization';
import { renderArn, statementsOf } from './statements';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

const SLACK = { channel: 'C0123ABCD', secretName: 'team/slack', approvers: ['slack:S0123ABCD'] };

const UNDO = { within: '24h', approvers: ['slack:U0456EFGH'] };
const GRANTS = { maximum: '8h', ports: [22], approvers: ['role:SecurityLead', 'slack:S0789IJKL'] };

const notified = synthesize(exampleWith({ notifications: { slack: { ...SLACK, undo: UNDO } }, grants: GRANTS }));
const others = synthesize(exampleWith({ notifications: { webhook: { url: 'https://example.com/hook' } } }));
const { hub } = notified.templates;

test('without Slack there is no address that anybody can reach', () => {
  expect(JSON.stringify(others.templates.hub.toJSON())).not.toMatch(/Slack|"NONE"/);
});

test.each([
  ['nobody', {}, {}, false],
  ['who answers what names nobody', { approvers: ['slack:U0456EFGH'] }, {}, true],
  ['who undoes', { undo: UNDO }, {}, true],
  ['who opens something for a while', {}, { grants: GRANTS }, true],
  ['sessions of IAM, which click nothing', {}, { grants: { ...GRANTS, approvers: ['role:SecurityLead'] } }, false],
  [
    'whom an entry of the policy asks',
    {},
    { decisions: [{ do: 'ask', ask: { approvers: ['slack:S0123ABCD'] } }] },
    true,
  ],
  ['a role that an entry asks', {}, { decisions: [{ do: 'ask', ask: { approvers: ['role:SecurityLead'] } }] }, false],
])('there is an address to click at only where somebody in Slack may click something: %s', (_name, slack, more, is) => {
  const notifications = { slack: { channel: SLACK.channel, ...slack } };
  expect(hasSlackButtons(exampleWith({ notifications, automatic: [], ...more }))).toBe(is);
});

test('cdk-nag finds nothing that nobody explained', () => {
  const report = new AwsSolutionsChecks(notified.app).validateScope(notified.app);
  expect(report.violations.map(({ ruleName }) => ruleName)).toEqual([]);
});

test('one open route, throttled, with an access log, to one function', () => {
  const open = resourcesOf(hub, 'AWS::ApiGatewayV2::Route').filter(
    ({ properties }) => properties['AuthorizationType'] === 'NONE',
  );
  expect(open.map(({ properties }) => properties['RouteKey'])).toEqual(['POST /slack']);
  const stages = resourcesOf(hub, 'AWS::ApiGatewayV2::Stage').map(({ properties }) => properties);
  for (const stage of stages) {
    expect(stage).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 },
      AccessLogSettings: { Format: expect.stringContaining('$context.status') },
    });
  }
  expect(stages).toHaveLength(2);
});

test('its function reads and writes questions and its own notes, makes messages, and starts nothing', async () => {
  const own = statementsOf(hub).filter(
    ({ holder, logicalId }) => holder === 'AWS::IAM::Policy' && logicalId.startsWith('Slack'),
  );
  expect(Object.fromEntries(own.map(({ sid = 'logs', actions }) => [sid, actions]))).toEqual({
    logs: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    AnswerQuestions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
    ReadClosings: ['dynamodb:GetItem'],
    BeginWhatFollows: ['sqs:SendMessage'],
    ReadSecrets: ['secretsmanager:GetSecretValue'],
    ScheduleWhatIsDue: ['scheduler:CreateSchedule'],
    PassTheSender: ['iam:PassRole'],
  });
  const { condition } = own.find(({ sid }) => sid === 'AnswerQuestions') ?? {};
  expect(condition).toEqual({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['QUESTION#*', 'SLACK#*'] } });
  expect(own.find(({ sid }) => sid === 'ReadClosings')?.condition).toEqual({
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['REMEDIATION#*'] },
  });
  const found = await Promise.all(own.map(mistakesIn));
  expect([...new Set(found.flat())]).toEqual([]);
});

test("it is one of those whom the ledger's own policy lets write, where there is Slack", () => {
  const writers = (template: typeof hub) => {
    const denied = statementsOf(template).find(({ sid }) => sid === 'FunctionsAloneWrite');
    const arns = (denied?.condition['ArnNotEquals']?.['aws:PrincipalArn'] ?? []) as unknown[];
    return arns.map((arn) => renderArn(arn).replace(/^.*:role\//, ''));
  };
  expect(writers(hub)).toContain('Portcullis-Slack');
  expect(writers(others.templates.hub)).not.toContain('Portcullis-Slack');
});

test('the function understands the settings that the stack gives it', () => {
  const [slack] = resourcesOf(hub, 'AWS::Lambda::Function').filter(
    ({ properties }) => properties['FunctionName'] === 'Portcullis-Slack',
  );
  const { Variables } = slack?.properties['Environment'] as { readonly Variables: Record<string, unknown> };
  const texts = Object.entries(Variables).map(([name, value]) => {
    const known = renderArn(value).replaceAll(/\$\{[^}]*\}/g, 'https://queue');
    return [name, name.endsWith('QUEUE_ARN') ? 'arn:aws:sqs:eu-central-1:111111111111:queue' : known];
  });
  expect(parseSlackSettings(Object.fromEntries(texts) as Record<string, string>)).toMatchObject({
    secretName: 'team/slack',
    rights: {
      approvers: ['slack:S0123ABCD'],
      undo: { withinMinutes: 1440, approvers: ['slack:U0456EFGH'] },
      granters: ['slack:S0789IJKL'],
    },
    grantLimits: { maximumMinutes: 480, ipv4: 32 },
    regions: expect.arrayContaining(['eu-central-1']),
  });
});
