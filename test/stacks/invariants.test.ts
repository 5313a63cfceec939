import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { statementsOf } from './statements';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

/** Names that people see, by the property that holds them. */
const NAME_PROPERTIES = [
  'Name',
  'RuleName',
  'QueueName',
  'TableName',
  'RoleName',
  'FunctionName',
  'TopicName',
  'AlarmName',
  'LogGroupName',
];

/** Types whose `Name` or `FunctionName` is the label of a button, an alias or a reference to a function. */
const NOT_NAMED_BY_US = [
  'AWS::SecurityHub::ActionTarget',
  'Custom::SecurityHubActionTarget',
  'AWS::Lambda::Alias',
  'AWS::Lambda::Version',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Permission',
];

const stacks = synthesize(exampleWith({ prefix: 'Acme', alarmEmail: 'security-team@example.com' }));
const { hub, member, rules } = stacks.templates;
const elsewhere = synthesize(exampleWith({ prefix: 'Acme', hub: hubOf({ customActions: 'function' }) }));
const all = [
  {
    name: "hub's, with custom actions by a function,",
    template: elsewhere.templates.hub,
    file: join(elsewhere.app.outdir, elsewhere.hub.templateFile),
  },
  { name: 'hub', template: hub, file: fileOf(stacks.hub) },
  { name: 'member', template: member, file: fileOf(stacks.member) },
  ...rules.map((template, index) => ({
    name: `rules ${String(index)}`,
    template,
    file: fileOf(stacks.rules[index] ?? stacks.hub),
  })),
];

function hubOf(more: object): object {
  return { account: '111111111111', aggregationRegion: 'eu-central-1', ...more };
}

/** The template as it was written. */
function fileOf({ templateFile }: Stack): string {
  return join(stacks.app.outdir, templateFile);
}

describe.each(all)('the $name template', ({ template, file }) => {
  const text = JSON.stringify(template.toJSON());

  test('names no partition', () => {
    expect(text).not.toMatch(/arn:aws(-[a-z-]+)?:/);
  });

  test('stays under the limits of CloudFormation, and of StackSets where it is passed to one', () => {
    // The others go by way of the bootstrap bucket.
    expect(statSync(file).size).toBeLessThan(template === member ? 51_200 : 1_000_000);
    expect(resourcesOf(template).length).toBeLessThan(500);
  });

  test('grants no action by wildcard', () => {
    const wildcards = statementsOf(template).filter(
      ({ effect, actions }) => effect === 'Allow' && actions.some((action) => action.includes('*')),
    );
    expect(wildcards).toEqual([]);
  });

  test('grants on every resource only what cannot be granted on one', () => {
    const everything = statementsOf(template).filter(
      ({ effect, resources }) => effect === 'Allow' && resources.includes('*'),
    );
    const reading = [
      'cloudtrail:LookupEvents',
      'ec2:DescribeInstances',
      'ec2:DescribeManagedPrefixLists',
      'ec2:DescribeNetworkAcls',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeRegions',
      'ec2:DescribeRouteTables',
      'ec2:DescribeSecurityGroupRules',
      'ec2:DescribeSecurityGroupVpcAssociations',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeVpcBlockPublicAccessExclusions',
      'ec2:DescribeVpcBlockPublicAccessOptions',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeTargetGroupAttributes',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTargetHealth',
      'securityhub:BatchGetSecurityControls',
      'ssm:DescribeInstanceInformation',
    ];
    const finding = reading.filter((action) =>
      /PrefixLists|NetworkAcls|Regions|SecurityGroup(Rule)?s|Controls/.test(action),
    );
    expect(everything.flatMap(({ actions }) => actions)).toEqual(template === member ? [...reading, ...finding] : []);
  });

  test('attaches no policy that somebody else may change', () => {
    expect(text).not.toMatch(/ManagedPolicyArns/);
  });

  test('gives everything a name that begins with the prefix', () => {
    const named = resourcesOf(template)
      .filter(({ type }) => !NOT_NAMED_BY_US.includes(type))
      .flatMap(({ properties }) => NAME_PROPERTIES.map((property) => properties[property]))
      .filter((name) => typeof name === 'string');
    expect(named.length).toBeGreaterThan(0);
    expect(
      named.filter((name) => !/^(\/aws\/lambda\/|\/aws\/vendedlogs\/apigateway\/|\/portcullis\/)?acme/i.test(name)),
    ).toEqual([]);
    expect(text).not.toMatch(/Portcullis-/);
  });
});

test('only stacks with code need a bootstrapped account', () => {
  expect(all.map(({ template }) => 'BootstrapVersion' in (template.toJSON()['Parameters'] ?? {}))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test.each([
  { name: 'the example', app: stacks.app },
  { name: 'a hub with custom actions by a function', app: elsewhere.app },
])('cdk-nag finds nothing in $name that nobody explained', ({ app }) => {
  const report = new AwsSolutionsChecks(app).validateScope(app);
  expect(report.violations.map(({ ruleName }) => ruleName)).toEqual([]);
});
