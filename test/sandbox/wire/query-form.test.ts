import * as ec2 from '@aws-sdk/client-ec2';
import * as sns from '@aws-sdk/client-sns';
import { findOperationSchema } from '../../../sandbox/wire/operation-schema';
import { type QueryDialect, readQueryForm } from '../../../sandbox/wire/query-form';

function read(schemas: object, operation: string, form: string, dialect: QueryDialect): unknown {
  const schema = findOperationSchema(schemas, operation);
  if (!schema) throw new Error(`no schema of ${operation}`);
  return readQueryForm(schema.input, new URLSearchParams(form), dialect);
}

test('list elements go by their numbers, not by their places in the form', () => {
  const form = 'SecurityGroupRuleId.10=c&SecurityGroupRuleId.2=b&SecurityGroupRuleId.1=a';
  expect(read(ec2, 'DescribeSecurityGroupRules', form, 'ec2Query')).toEqual({ SecurityGroupRuleIds: ['a', 'b', 'c'] });
});

test('parameters outside the shape are dropped', () => {
  expect(read(ec2, 'DescribeVpcs', 'Action=DescribeVpcs&Version=1&Nonsense.1.A=b', 'ec2Query')).toEqual({});
});

test('a map without a value holds empty text', () => {
  expect(read(sns, 'CreateTopic', 'Name=t&Attributes.entry.1.key=Policy', 'awsQuery')).toEqual({
    Name: 't',
    Attributes: { Policy: '' },
  });
});

test.each([
  ['a number', 'MaxResults=ten', '"ten" is no number.'],
  ['a boolean', 'DryRun=yes', '"yes" is no boolean.'],
])('%s that is none is refused', (_, form, message) => {
  expect(() => read(ec2, 'DescribeVpcs', form, 'ec2Query')).toThrow(message);
});
