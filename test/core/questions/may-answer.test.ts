import { answererOf, mayAnswer } from '../../../src/core/questions/may-answer';

const ALICE = 'arn:aws:sts::111111111111:assumed-role/SecurityLead/alice@example.com';
const SSO = 'arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_SecurityLead_0123456789abcdef/alice';
const BOB = 'arn:aws:iam::111111111111:user/people/bob';
const ROOT = 'arn:aws:iam::111111111111:root';

test.each<readonly [string, readonly string[] | undefined, string, boolean]>([
  ['everybody who may send commands, where nobody is named', undefined, ROOT, true],
  ['a session of the role', ['role:SecurityLead'], ALICE, true],
  ['a role of another name', ['role:Security'], ALICE, false],
  ['a role whose name only begins so', ['role:SecurityLea'], ALICE, false],
  ['the role of a permission set', ['role:AWSReservedSSO_SecurityLead_*'], SSO, true],
  ['the role of another permission set', ['role:AWSReservedSSO_Developer_*'], SSO, false],
  ['a user, whatever their path', ['user:bob'], BOB, true],
  ['a user of the name of a role', ['user:SecurityLead'], ALICE, false],
  ['a session by its ARN', [ALICE], ALICE, true],
  ['another session of the role by ARN', [ALICE], ALICE.replace('alice', 'mallory'), false],
  ['all sessions by ARN', ['arn:aws:sts::111111111111:assumed-role/SecurityLead/*'], ALICE, true],
  [
    'a session that is named like a role',
    ['role:SecurityLead'],
    ALICE.replace('SecurityLead/alice@example.com', 'Other/SecurityLead'),
    false,
  ],
  ['an account administrator, where a role is named', ['role:SecurityLead'], ROOT, false],
  ['a person at a terminal, where only Slack is named', ['slack:U0456EFGH'], ALICE, false],
  ['any of several', ['slack:U0456EFGH', 'user:bob'], BOB, true],
  ['nobody, where the list is empty', [], ALICE, false],
])('%s', (_, approvers, arn, may) => {
  expect(mayAnswer(approvers, answererOf(arn))).toBe(may);
});

test('a star is any text, and the text before and behind it counts', () => {
  const slack = { name: 'slack:U1', names: ['slack:U1', 'slack:S1'] };
  expect(mayAnswer(['slack:S1'], slack)).toBe(true);
  expect(mayAnswer(['*:S1'], slack)).toBe(true);
  expect(mayAnswer(['slack:*2'], slack)).toBe(false);
  expect(mayAnswer(['slack:U1*U1'], slack)).toBe(false);
});
