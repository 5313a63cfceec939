import { Template } from 'aws-cdk-lib/assertions';
import { mistakesIn } from './service-authorization';
import { statementsOf, type Statement } from './statements';
import { exampleWith, synthesize } from './synthesized';

const { hub, member, rules } = synthesize().templates;
const elsewhere = synthesize(
  exampleWith({ hub: { account: '111111111111', aggregationRegion: 'eu-central-1', customActions: 'function' } }),
).templates.hub;

const { drills, templates: drilling } = synthesize(
  exampleWith({ drill: { accounts: ['333333333333'], schedule: 'rate(7 days)' } }),
);

/** What stays though the reference says otherwise, and why. One that no longer shows fails too. */
const JUSTIFIED: Readonly<Record<string, string>> = {
  'sqs:*: no such action': 'A refusal of everything that does not come by TLS, as the CDK writes it.',
};

const statements = [
  hub,
  elsewhere,
  drilling.hub,
  member,
  ...rules,
  ...drills.map((stack) => Template.fromStack(stack)),
].flatMap((template) => statementsOf(template));

test('every action of every policy exists, can have the resource that is named, and knows the condition keys', async () => {
  // A trust policy has no resource of its own.
  const found = (await Promise.all(statements.map(mistakesIn))).flat();
  expect([...new Set(found)].sort()).toEqual(Object.keys(JUSTIFIED).sort());
  expect(statements.length).toBeGreaterThan(30);
});

const base: Statement = {
  holder: 'AWS::IAM::Policy',
  logicalId: 'Example',
  sid: undefined,
  effect: 'Allow',
  actions: ['ec2:CreateNetworkAclEntry'],
  resources: ['arn:${AWS::Partition}:ec2:*:111111111111:network-acl/*'],
  principal: undefined,
  condition: {},
};

test.each<{ name: string; statement: Partial<Statement>; says: readonly RegExp[] }>([
  { name: 'what is right', statement: {}, says: [] },
  {
    name: 'an action that does not exist',
    statement: { actions: ['ec2:CreateNetworkAclRule'] },
    says: [/no such action/],
  },
  {
    name: 'a resource of another type',
    statement: { resources: ['arn:${AWS::Partition}:ec2:*:111111111111:security-group/*'] },
    says: [/no resource type fits/],
  },
  {
    name: 'an ARN for an action without resource types',
    statement: { actions: ['ec2:DescribeNetworkAcls'] },
    says: [/has no resource types/],
  },
  {
    name: 'a condition key of another action',
    statement: { condition: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } } },
    says: [/ec2:CreateAction does not apply/],
  },
  {
    name: 'a set operator on a key with one value',
    statement: {
      actions: ['securityhub:BatchUpdateFindings'],
      resources: ['arn:${AWS::Partition}:securityhub:eu-central-1:111111111111:hub/default'],
      condition: { 'ForAnyValue:StringEquals': { 'securityhub:ASFFSyntaxPath/Workflow.Status': 'NEW' } },
    },
    says: [/has one value, so no ForAnyValue/],
  },
])('the check finds $name', async ({ statement, says }) => {
  expect(await mistakesIn({ ...base, ...statement })).toEqual(
    says.map((pattern) => expect.stringMatching(pattern) as string),
  );
});
