import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { stringify } from 'yaml';
import { exampleWith, synthesize } from './synthesized';

/** What CloudFormation takes of a template as it is; more must lie in a bucket, which only a bootstrapped account has. */
const MOST_CHARACTERS = 51_200;

const { member, rules, isolation, drills } = synthesize(
  exampleWith({ isolation: {}, drill: { accounts: ['333333333333'] } }),
);

/** The CDK's CLI reads the JSON of an assembly and sends it as YAML, indented. */
function sent(stack: Stack): number {
  return stringify(Template.fromStack(stack).toJSON(), { schema: 'yaml-1.1', lineWidth: 0 }).length;
}

test('the member stack is sent as more than CloudFormation takes as it is: docs/deploy.md bootstraps its accounts', () => {
  expect(sent(member)).toBeGreaterThan(MOST_CHARACTERS);
});

test('a few rules, isolation and drills deploy into an account that was never bootstrapped', () => {
  const small = [...rules, ...drills, ...(isolation === undefined ? [] : [isolation])];
  expect(small.length).toBeGreaterThan(3);
  expect(small.map(sent).filter((size) => size > MOST_CHARACTERS)).toEqual([]);
});
