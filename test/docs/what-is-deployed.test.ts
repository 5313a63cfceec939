import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resourcesOf, synthesize } from '../stacks/synthesized';

const { hub, member } = synthesize().templates;
const ALARMS = resourcesOf(hub, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties);

const textOf = (file: string): string =>
  readFileSync(join(__dirname, '..', '..', file), 'utf8').replaceAll(/\s+/g, ' ');

test('the README has the price of the alarms: ten cents a metric that they watch', () => {
  // https://aws.amazon.com/cloudwatch/pricing/: an alarm over several metrics is paid for each of them.
  const metrics = ALARMS.flatMap(({ Metrics }) =>
    Array.isArray(Metrics) ? (Metrics as readonly object[]).filter((each) => 'MetricStat' in each) : [{}],
  );
  const dollars = (metrics.length / 10).toFixed(2);
  expect(textOf('README.md')).toContain(`the alarms ($${dollars} a month: ${String(metrics.length)} metrics)`);
});

test('docs/operations.md names every alarm', () => {
  const [, named = ''] = /stands in the description of each: ([^.]*)\./.exec(textOf('docs/operations.md')) ?? [];
  const names = ALARMS.map(({ AlarmName }) => String(AlarmName).replace('Portcullis-', ''));
  expect(named.split(', ').sort()).toEqual(names.sort());
});

test('docs/deploy.md counts what is created', () => {
  const count = (template: typeof hub, type: string) => resourcesOf(template, type).length;
  const text = textOf('docs/deploy.md');
  expect([count(hub, 'AWS::SecurityHub::ActionTarget'), count(hub, 'AWS::Events::Rule')]).toEqual([4, 14]);
  expect([count(hub, 'AWS::SQS::Queue'), count(hub, 'AWS::Lambda::Function')]).toEqual([2, 4]);
  expect(text).toContain('four custom actions, fourteen EventBridge rules, two queues, four functions');
  const documents = resourcesOf(member, 'AWS::SSM::Document').map(({ properties }) => String(properties['Name']));
  expect(documents).toHaveLength(26);
  expect(text).toContain('twenty-six documents');
  const named = text.match(/`Portcullis-\w+`(?= \| )/g)?.map((name) => name.slice(1, -1));
  expect(named?.filter((name) => documents.includes(name)).sort()).toEqual(
    documents.filter((name) => name.split('-').length === 2).sort(),
  );
});

test('docs/runbooks.md names every form of every document', () => {
  const text = textOf('docs/runbooks.md');
  for (const { properties } of resourcesOf(member, 'AWS::SSM::Document')) {
    const [prefix = '', call = '', form] = String(properties['Name']).split('-');
    expect(text).toContain(`\`${prefix}-${call}\``);
    if (form !== undefined) expect(text).toContain(`\`-${form}\``);
  }
});
