import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { statementsOf } from './statements';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

const ACCOUNTS = ['222222222222', '333333333333'];
const without = synthesize();
const drilling = synthesize(exampleWith({ prefix: 'Acme', drill: { accounts: ACCOUNTS } }));
const templates = drilling.drills.map((stack) => Template.fromStack(stack));

test('each account for drills has a stack of its own, in the primary Region, and no other template changes', () => {
  expect(drilling.drills.map(({ stackName, account, region }) => [stackName, account, region])).toEqual(
    ACCOUNTS.map((account) => [`Acme-Drill-${account}`, account, 'eu-central-1']),
  );
  expect(without.drills).toEqual([]);
  expect(JSON.stringify(without.templates)).not.toMatch(/-Drill/);
});

test('cdk-nag finds nothing that nobody explained', () => {
  const report = new AwsSolutionsChecks(drilling.app).validateScope(drilling.app);
  expect(report.violations.map(({ ruleName }) => ruleName)).toEqual([]);
});

test('no template names a partition, another prefix, or an action by wildcard', () => {
  for (const template of templates) {
    expect(JSON.stringify(template.toJSON())).not.toMatch(/arn:aws(-[a-z-]+)?:|Portcullis-/);
    const wildcards = statementsOf(template).filter(
      ({ effect, actions }) => effect === 'Allow' && actions.join().includes('*'),
    );
    expect(wildcards).toEqual([]);
  }
});

test('whatever of EC2 it changes must carry the tag of drills, or is made with it', () => {
  const changing = templates
    .flatMap((template) => statementsOf(template))
    .filter(({ effect, actions }) => effect === 'Allow' && actions.some((each) => /^ec2:(?!Describe)/.test(each)));
  const unbound = changing.filter(
    ({ condition }) => !/portcullis:drill|ec2:CreateAction/.test(JSON.stringify(condition)),
  );
  // A VPC has no part in it but that something is made there.
  expect(unbound.flatMap(({ resources }) => resources).every((resource) => resource.endsWith(':vpc/*'))).toBe(true);
  expect(changing.length - unbound.length).toBeGreaterThan(5);
});

const scheduled = synthesize(
  exampleWith({ prefix: 'Acme', drill: { accounts: ACCOUNTS, schedule: 'rate(7 days)', regions: ['us-east-1'] } }),
);

test('without a schedule the hub does not change; with one each account and Region has a schedule of one function', () => {
  expect(JSON.stringify(drilling.templates.hub.toJSON())).not.toMatch(/Drill/);
  const schedules = resourcesOf(scheduled.templates.hub, 'AWS::Scheduler::Schedule').map(
    ({ properties }) => properties,
  );
  expect(schedules.map(({ Name, ScheduleExpression }) => [Name, ScheduleExpression])).toEqual(
    ACCOUNTS.map((account) => [`drill-${account}-us-east-1`, 'rate(7 days)']),
  );
  scheduled.templates.hub.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Acme-DrillsFailed' });
});

test('the driller may enter the accounts for drills and no other, and cdk-nag finds nothing that nobody explained', () => {
  const entering = statementsOf(scheduled.templates.hub).filter(({ sid }) => sid === 'EnterAccountsForDrills');
  expect(entering.flatMap(({ resources }) => resources)).toEqual(
    ACCOUNTS.map((account) => expect.stringContaining(`:iam::${account}:role/Acme-Drill`) as string),
  );
  const report = new AwsSolutionsChecks(scheduled.app).validateScope(scheduled.app);
  expect(report.violations.map(({ ruleName }) => ruleName)).toEqual([]);
});
