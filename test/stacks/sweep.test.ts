import { Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { parseConfiguration, renderMistake } from '../../src/core/configuration/parse-configuration';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

const sweeping = synthesize(exampleWith({ detection: { sweep: 'rate(12 hours)', controls: ['EC2.13'] } }));
const { hub } = sweeping.templates;

test('one schedule sends what is due, with its time, to the queue of the dispatcher', () => {
  hub.resourceCountIs('AWS::Scheduler::Schedule', 1);
  hub.hasResourceProperties('AWS::Scheduler::Schedule', {
    Name: 'every-sweep',
    GroupName: { Ref: Match.stringLikeRegexp('DueGroup') },
    ScheduleExpression: 'rate(12 hours)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: Match.objectLike({
      Input: '{"kind":"due","what":"sweep","id":"<aws.scheduler.scheduled-time>"}',
      DeadLetterConfig: { Arn: Match.anyValue() },
    }),
  });
});

test('left out, nothing is scheduled', () => {
  synthesize().templates.hub.resourceCountIs('AWS::Scheduler::Schedule', 0);
});

test('the dispatcher learns what to sweep', () => {
  const [dispatcher] = resourcesOf(hub, 'AWS::Lambda::Function').filter(
    ({ properties }) => properties['FunctionName'] === 'Portcullis-Dispatcher',
  );
  const { Variables } = dispatcher?.properties['Environment'] as { Variables: Record<string, unknown> };
  const joined = Variables['PORTCULLIS_SCHEDULED_SWEEPS'] as { 'Fn::Join': [string, unknown[]] };
  const text = joined['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'SWEEPER')).join('');
  expect(JSON.parse(text)).toEqual({
    sweeperArn: 'SWEEPER',
    regions: exampleWith().members.regions,
    controls: ['EC2.13'],
  });
});

test('cdk-nag finds nothing that nobody explained', () => {
  const report = new AwsSolutionsChecks(sweeping.app).validateScope(sweeping.app);
  expect(report.violations.map(({ ruleName }) => ruleName)).toEqual([]);
});

test.each(['rate(1 day)', 'rate(1 hour)', 'rate(12 hours)', 'cron(0 3 * * ? *)'])('%s is a schedule', (sweep) => {
  expect(exampleWith({ detection: { sweep } }).detection?.sweep).toBe(sweep);
});

test.each(['1 day', 'rate(1 days)', 'rate(5 minutes)', 'rate(0 days)', 'cron(0 3 * * *)', 'daily'])(
  '%s is none, and the mistake says what to write',
  (sweep) => {
    const parsed = parseConfiguration({ ...exampleWith(), detection: { sweep } });
    expect(parsed.ok ? [] : parsed.error.map(renderMistake)).toEqual([
      expect.stringMatching(/detection\.sweep.*write 'rate\(1 day\)'/),
    ]);
  },
);
