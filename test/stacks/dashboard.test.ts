import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { parseConfiguration, renderMistake } from '../../src/core/configuration/parse-configuration';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

const shown = synthesize(exampleWith({ dashboard: true, detection: { watch: ['1h'] } }));
const { hub } = shown.templates;
const plain = synthesize(exampleWith({ dashboard: true })).templates.hub;

interface Widget {
  readonly type: string;
  readonly properties: { readonly title?: string; readonly metrics?: readonly unknown[] };
}

/** What CloudFormation resolves in the body is a name or a Region. */
function widgetsOf(template: Template): readonly Widget[] {
  const [dashboard] = resourcesOf(template, 'AWS::CloudWatch::Dashboard');
  const { 'Fn::Join': joined } = dashboard?.properties['DashboardBody'] as { 'Fn::Join': [string, unknown[]] };
  const text = joined[1].map((part) => (typeof part === 'string' ? part : nameOf(part))).join('');
  return (JSON.parse(text) as { readonly widgets: readonly Widget[] }).widgets;
}

function nameOf(part: unknown): string {
  const { Ref, 'Fn::GetAtt': attribute } = part as { readonly Ref?: string; readonly 'Fn::GetAtt'?: readonly string[] };
  return Ref ?? String(attribute?.[0]);
}

function textOf(template: Template, title: string): string {
  const widget = widgetsOf(template).find(({ properties }) => properties.title === title);
  return JSON.stringify(widget?.properties.metrics);
}

test('left out, there is no dashboard, and no function counts for one', () => {
  const without = synthesize().templates.hub;
  without.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  expect(JSON.stringify(without.toJSON())).not.toContain('PORTCULLIS_DASHBOARD');
});

test('the dashboard has the name of the deployment, and the functions that tell the bus count for it', () => {
  hub.hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'Portcullis' });
  const counting = { Environment: { Variables: Match.objectLike({ PORTCULLIS_DASHBOARD: 'true' }) } };
  hub.hasResourceProperties('AWS::Lambda::Function', { FunctionName: 'Portcullis-Orchestrator', ...counting });
  if (shown.detection === undefined) throw new Error('There is no stack for detection.');
  Template.fromStack(shown.detection).hasResourceProperties('AWS::Lambda::Function', {
    FunctionName: 'Portcullis-Detector',
    ...counting,
  });
});

test.each([
  ['What happened', ['NumberOfMessagesSent', 'SecondsToClose', 'ClosingsUndone', 'RemediationFailures']],
  ['What happened', ['QuestionsAsked', 'IngressReopened']],
  ['Seconds from begin to end of a closing', ['SecondsToClose', 'p50', 'p90']],
  ['Waiting', ['ApproximateNumberOfMessagesVisible', 'ApproximateRunningDurableExecutions']],
  ['Age of the oldest message, in seconds', ['ApproximateAgeOfOldestMessage', 'Portcullis-Changes']],
  ['Dead letters', ['ApproximateNumberOfMessagesVisible', 'Portcullis-ChangesDeadLetters']],
  ['Throttled', ['Throttles', 'ReadThrottleEvents', 'WriteThrottleEvents']],
])('%s shows %j', (title, metrics) => {
  for (const metric of metrics) expect(textOf(hub, title)).toContain(`"${metric}"`);
});

test('where nothing looks at single targets, nothing of it is shown', () => {
  const body = JSON.stringify(widgetsOf(plain));
  expect(body).not.toContain('IngressReopened');
  expect(body).not.toContain('Portcullis-Changes');
});

test('the price is that of docs/cost.md for each closing and each undoing', () => {
  const cost = readFileSync(join(__dirname, '..', '..', 'docs', 'cost.md'), 'utf8');
  const priceOf = (row: string) =>
    /\$(0\.\d+)/.exec(cost.split('\n').find((line) => line.startsWith(`| ${row}`)) ?? '');
  const [close, undo] = ['plain close', 'undo of a close'].map((row) => Number(priceOf(row)?.[1]));
  const text = textOf(hub, 'Price so far, in US dollars');
  expect(text).toContain(` * ${String(close)}"`);
  expect(text).toContain(` * ${String(undo)}"`);
  expect(text).toContain('SUM([closings, undoings])');
});

test('no two widgets overlap, and none is wider than the page', () => {
  const places = widgetsOf(hub) as unknown as readonly Record<'x' | 'y' | 'width' | 'height', number>[];
  const cells = places.flatMap(({ x, y, width, height }) =>
    Array.from(
      { length: width * height },
      (_each, index) => `${String(x + (index % width))},${String(y + Math.floor(index / width))}`,
    ),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(Math.max(...places.map(({ x, width }) => x + width))).toBeLessThanOrEqual(24);
});

test('cdk-nag finds nothing that nobody explained', () => {
  const report = new AwsSolutionsChecks(shown.app).validateScope(shown.app);
  expect(report.violations.map(({ ruleName }) => ruleName)).toEqual([]);
});

test('what is neither true nor false is refused, with what to write', () => {
  const parsed = parseConfiguration({ ...exampleWith(), dashboard: 'yes' });
  expect(parsed.ok ? [] : parsed.error.map(renderMistake)).toEqual([
    expect.stringMatching(/dashboard.*write true or false/),
  ]);
});
