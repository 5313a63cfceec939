import { answerOf, statementsAbout } from '../../../sandbox/iam/evaluate-policies';
import { RequestContext } from '../../../sandbox/iam/request-context';
import type { PolicyStatement } from '../../../sandbox/runtime/operation';

const group = 'arn:aws:ec2:eu-central-1:222222222222:security-group/sg-1';
const request = {
  'aws:PrincipalOrgID': 'o-sandbox0000',
  'aws:PrincipalArn': 'arn:aws:iam::222222222222:role/Portcullis-Runbook',
  'aws:PrincipalAccount': '222222222222',
  'aws:RequestedRegion': 'eu-central-1',
  'aws:CurrentTime': '2026-01-31T12:00:00Z',
  'aws:MultiFactorAuthAge': '300',
  'aws:SecureTransport': 'true',
  'aws:TagKeys': ['team', 'stage'],
};

function answerTo(...statements: readonly PolicyStatement[]): string {
  const question = {
    action: 'ec2:RevokeSecurityGroupIngress',
    resource: group,
    context: new RequestContext(request),
  };
  return answerOf(statementsAbout([{ Version: '2012-10-17', Statement: statements }], question));
}

const allow = { Effect: 'Allow', Action: 'ec2:RevokeSecurityGroupIngress', Resource: '*' } as const;

describe('actions and resources', () => {
  const cases: readonly (readonly [string, Partial<PolicyStatement>, 'allowed' | 'silent'])[] = [
    ['the action itself', { Action: 'ec2:RevokeSecurityGroupIngress' }, 'allowed'],
    ['actions know no case', { Action: 'EC2:revokesecuritygroupINGRESS' }, 'allowed'],
    ['a wildcard', { Action: 'ec2:Revoke*' }, 'allowed'],
    ['one character', { Action: 'ec2:RevokeSecurityGroup?ngress' }, 'allowed'],
    ['one of several', { Action: ['ec2:Describe*', 'ec2:RevokeSecurityGroupIngress'] }, 'allowed'],
    ['another action', { Action: 'ec2:RevokeSecurityGroupEgress' }, 'silent'],
    ['a prefix is not enough', { Action: 'ec2:Revoke' }, 'silent'],
    ['dots are no wildcards', { Action: 'ec2.RevokeSecurityGroupIngress' }, 'silent'],
    ['the resource itself', { Resource: group }, 'allowed'],
    ['a pattern of resources', { Resource: 'arn:aws:ec2:*:222222222222:security-group/*' }, 'allowed'],
    ['resources know case', { Resource: group.toUpperCase() }, 'silent'],
    ['another account', { Resource: 'arn:aws:ec2:*:333333333333:security-group/*' }, 'silent'],
    ['a variable', { Resource: 'arn:aws:ec2:*:${aws:PrincipalAccount}:security-group/*' }, 'allowed'],
    ['a variable without a value never matches', { Resource: 'arn:aws:ec2:*:${aws:PrincipalTag/a}:*' }, 'silent'],
  ];
  test.each(cases)('%s', (_, change, answer) => {
    expect(answerTo({ ...allow, ...change })).toBe(answer);
  });

  test('NotAction and NotResource cover everything else', () => {
    expect(answerTo({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })).toBe('allowed');
    expect(answerTo({ Effect: 'Allow', NotAction: 'ec2:*', Resource: '*' })).toBe('silent');
    expect(answerTo({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::*' })).toBe('allowed');
    expect(answerTo({ Effect: 'Allow', Action: '*', NotResource: group })).toBe('silent');
  });

  test('a Deny wins over an Allow in whatever order', () => {
    const deny = { Effect: 'Deny', Action: 'ec2:*', Resource: group } as const;
    expect(answerTo(allow, deny)).toBe('denied');
    expect(answerTo(deny, allow)).toBe('denied');
    expect(answerTo(allow, { ...deny, Resource: 'arn:aws:ec2:*:*:instance/*' })).toBe('allowed');
  });
});

describe('conditions', () => {
  const cases: readonly (readonly [PolicyStatement['Condition'], 'allowed' | 'silent'])[] = [
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-sandbox0000' } }, 'allowed'],
    [{ StringEquals: { 'AWS:principalorgid': 'o-sandbox0000' } }, 'allowed'],
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-other' } }, 'silent'],
    [{ StringEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-central-1'] } }, 'allowed'],
    [{ StringEquals: { 'aws:RequestedRegion': 'eu-central-1', 'aws:PrincipalOrgID': 'o-other' } }, 'silent'],
    [{ StringEquals: { 'aws:SourceAccount': '111111111111' } }, 'silent'],
    [{ StringEqualsIfExists: { 'aws:SourceAccount': '111111111111' } }, 'allowed'],
    [{ StringNotEquals: { 'aws:SourceAccount': '111111111111' } }, 'allowed'],
    [{ StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-central-1'] } }, 'silent'],
    [{ StringEqualsIgnoreCase: { 'aws:RequestedRegion': 'EU-CENTRAL-1' } }, 'allowed'],
    [{ StringLike: { 'aws:RequestedRegion': 'eu-*' } }, 'allowed'],
    [{ StringNotLike: { 'aws:RequestedRegion': 'eu-*' } }, 'silent'],
    [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Portcullis-*' } }, 'allowed'],
    [{ ArnEquals: { 'aws:PrincipalArn': 'arn:*:iam::222222222222:role/Portcullis-Runbook' } }, 'allowed'],
    [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam*' } }, 'silent'],
    [{ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Portcullis-*' } }, 'silent'],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, 'allowed'],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, 'silent'],
    [{ Null: { 'aws:SourceAccount': 'true' } }, 'allowed'],
    [{ Null: { 'aws:PrincipalArn': 'true' } }, 'silent'],
    [{ Null: { 'aws:PrincipalArn': 'false' } }, 'allowed'],
    [{ NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }, 'allowed'],
    [{ NumericGreaterThanEquals: { 'aws:MultiFactorAuthAge': '301' } }, 'silent'],
    [{ DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }, 'allowed'],
    [{ DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }, 'silent'],
    [{ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['stage', 'owner'] } }, 'allowed'],
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['stage', 'owner'] } }, 'silent'],
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['stage', 'team', 'owner'] } }, 'allowed'],
    [{ 'ForAllValues:StringEquals': { 'aws:SourceVpc': ['vpc-1'] } }, 'allowed'],
    [{ 'ForAnyValue:StringEquals': { 'aws:SourceVpc': ['vpc-1'] } }, 'silent'],
    [{ StringEquals: { 'aws:PrincipalAccount': '${aws:PrincipalAccount}' } }, 'allowed'],
  ];
  test.each(cases)('%j', (condition, answer) => {
    expect(answerTo({ ...allow, ...(condition ? { Condition: condition } : {}) })).toBe(answer);
  });

  test.each(['StringEqual', 'IpAddress', 'ForSomeValues:StringEquals', 'toString'])(
    'the operator %s is not known, which is an error and never an Allow',
    (operator) => {
      expect(() =>
        answerTo({ ...allow, Condition: { [operator]: { 'aws:PrincipalOrgID': 'o-sandbox0000' } } }),
      ).toThrow(`Condition operator "${operator}" is not in the sandbox.`);
    },
  );
});
