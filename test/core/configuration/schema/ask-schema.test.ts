import { askSchema } from '../../../../src/core/configuration/schema/ask-schema';

const problems = (ask: unknown) => askSchema.safeParse(ask).error?.issues.map(({ path }) => path.join('.')) ?? [];

test.each([
  ['nothing but what is left out', {}],
  [
    'who may answer, by every form',
    { approvers: ['slack:U0456EFGH', 'slack:S0123ABCD', 'role:AWSReservedSSO_Lead_*', 'user:alice'] },
  ],
  ['an ARN', { approvers: ['arn:aws-cn:sts::111111111111:assumed-role/Lead/*'] }],
  ['how long, when to remind and what silence means', { within: '24h', remindAfter: '30m', onSilence: 'close' }],
  ['that nobody is reminded', { remindAfter: 'never' }],
  ['who is asked as well', { approvers: ['role:Lead'], escalate: { to: ['slack:S0123ABCD'] } }],
  ['and when', { approvers: ['role:Lead'], within: '24h', escalate: { to: ['slack:S0123ABCD'], after: '18h' } }],
])('ask may say %s', (_, ask) => {
  expect(problems(ask)).toEqual([]);
});

test.each([
  ['a name of Slack, which anybody may take', { approvers: ['slack:@alice'] }, 'approvers.0'],
  ['a name without its kind', { approvers: ['SecurityLead'] }, 'approvers.0'],
  ['nobody', { approvers: [] }, 'approvers'],
  ['a time without a unit', { within: '24' }, 'within'],
  ['no time', { within: '0h' }, 'within'],
  ['a year', { within: '365d' }, 'within'],
  ['less than anybody needs to read it', { within: '1m' }, 'within'],
  ['a reminder after the end', { within: '12h', remindAfter: '24h' }, 'remindAfter'],
  ['a reminder after the end that is left out', { remindAfter: '7d' }, 'remindAfter'],
  ['a second group where everybody may answer', { escalate: { to: ['role:Head'] } }, 'escalate'],
  ['a second group of nobody', { approvers: ['role:Lead'], escalate: { to: [] } }, 'escalate.to'],
  [
    'a second group after the end',
    { approvers: ['role:Lead'], within: '12h', escalate: { to: ['role:Head'], after: '12h' } },
    'escalate.after',
  ],
  ['another reminder', { remindAfter: 'sometimes' }, 'remindAfter'],
  ['another silence', { onSilence: 'ignore' }, 'onSilence'],
])('ask may not say %s', (_, ask, field) => {
  expect(problems(ask)).toEqual([field]);
});
