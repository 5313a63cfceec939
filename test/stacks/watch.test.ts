import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { parseConfiguration, renderMistake } from '../../src/core/configuration/parse-configuration';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

const watching = synthesize(exampleWith({ detection: { watch: true } }));
const { hub, member } = watching.templates;

test('the environment of the orchestrator says when to look again, and by which queue', () => {
  const [orchestrator] = resourcesOf(hub, 'AWS::Lambda::Function').filter(
    ({ properties }) => properties['FunctionName'] === 'Portcullis-Orchestrator',
  );
  const { Variables } = orchestrator?.properties['Environment'] as { Variables: Record<string, unknown> };
  const joined = Variables['PORTCULLIS_WATCH'] as { 'Fn::Join': [string, unknown[]] };
  const text = joined['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'aws')).join('');
  expect(JSON.parse(text)).toEqual({
    queueArn: 'arn:aws:sqs:eu-central-1:111111111111:Portcullis-Changes',
    seconds: [3600, 86_400, 604_800],
  });
});

test('what looks is deployed without a bus, and nothing is forwarded where CloudTrail is not asked for', () => {
  if (watching.detection === undefined) throw new Error('There is no stack for detection.');
  const detection = Template.fromStack(watching.detection);
  detection.resourceCountIs('AWS::Lambda::Function', 1);
  detection.resourceCountIs('AWS::Events::EventBus', 0);
  detection.resourceCountIs('AWS::Events::Rule', 0);
  detection.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Portcullis-WatchesFailed' });
  member.resourceCountIs('AWS::Events::Rule', 0);
  expect(JSON.stringify(member.toJSON())).toContain('cloudtrail:LookupEvents');
});

test('left out, the orchestrator schedules nothing', () => {
  synthesize().templates.hub.hasResourceProperties('AWS::Lambda::Function', {
    FunctionName: 'Portcullis-Orchestrator',
    Environment: { Variables: Match.objectLike({ PORTCULLIS_WATCH: Match.absent() }) },
  });
});

test('cdk-nag finds nothing that nobody explained', () => {
  const report = new AwsSolutionsChecks(watching.app).validateScope(watching.app);
  expect(report.violations.map(({ ruleName }) => ruleName)).toEqual([]);
});

test.each([[['1 hour']], [['1m']], [['91d']], [[]], [['1h', '1h']]])(
  '%j are no times, and the mistake says what to write',
  (watch) => {
    const parsed = parseConfiguration({ ...exampleWith(), detection: { watch } });
    expect(parsed.ok ? [] : parsed.error.map(renderMistake)).toEqual([
      expect.stringMatching(/detection\.watch.*(24h|\[1h, 24h, 7d\])/),
    ]);
  },
);
