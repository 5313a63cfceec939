import type { Sequence, Step } from '../sequence';

/** Patterns as Portcullis's rules and their neighbours write them, and what they are asked about. */
const patterns: readonly (readonly [string, object])[] = [
  ['a literal', { detail: { severity: ['high'] } }],
  ['a prefix', { detail: { id: [{ prefix: 'EC2.1' }] } }],
  ['a suffix', { detail: { id: [{ suffix: '.19' }] } }],
  ['anything but', { detail: { severity: [{ 'anything-but': ['high'] }] } }],
  ['anything but a prefix', { detail: { id: [{ 'anything-but': { prefix: 'EC2.1' } }] } }],
  ['is there', { detail: { note: [{ exists: true }] } }],
  ['is not there', { detail: { note: [{ exists: false }] } }],
  ['a number', { detail: { score: [{ numeric: ['>', 50, '<=', 90] }] } }],
  ['two fields', { detail: { severity: ['high'], id: ['EC2.13'] } }],
  ['either of two fields', { detail: { $or: [{ severity: ['low'] }, { id: ['EC2.13'] }] } }],
  ['an array of which one fits', { detail: { tags: ['b'] } }],
  ['null', { detail: { note: [null] } }],
  ['upper and lower case', { detail: { severity: [{ 'equals-ignore-case': 'HIGH' }] } }],
  ['a wildcard', { detail: { id: [{ wildcard: 'EC2.*3' }] } }],
  ['nested', { detail: { deep: { down: [1] } } }],
];
const details: readonly object[] = [
  { severity: 'high', id: 'EC2.13', score: 90, tags: ['a', 'b'], deep: { down: 1 } },
  { severity: 'low', id: 'EC2.19', score: 50, note: 'hm', tags: [] },
  { severity: 'medium', id: 'EC2.2', score: 70, note: null, tags: ['c'] },
];

function queueFor(index: number): Step {
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' },
    ],
  });
  const input = { QueueName: `matched-${index}`, Attributes: { Policy } };
  return { call: 'sqs:CreateQueue', input, keep: { [`queue${index}`]: 'QueueUrl' }, compare: [] };
}

const bus: readonly Step[] = [
  {
    call: 'eventbridge:PutEvents',
    as: 'a detail that is no JSON',
    input: { Entries: [{ Source: 'test', DetailType: 't', Detail: '{' }] },
  },
  { call: 'eventbridge:PutEvents', as: 'no source', input: { Entries: [{ DetailType: 't', Detail: '{}' }] } },
];

export const events: readonly Sequence[] = [
  {
    name: 'rules and their patterns',
    steps: [
      ...bus,
      ...patterns.flatMap(([name, pattern], index): readonly Step[] => [
        queueFor(index),
        {
          call: 'eventbridge:PutRule',
          as: `a rule for ${name}`,
          input: { Name: `rule-${index}`, EventPattern: JSON.stringify({ source: ['test'], ...pattern }) },
        },
        {
          call: 'eventbridge:PutTargets',
          as: `a target for ${name}`,
          input: {
            Rule: `rule-${index}`,
            Targets: [{ Id: 'q', Arn: `arn:aws:sqs:eu-central-1:222222222222:matched-${index}` }],
          },
        },
      ]),
      {
        call: 'eventbridge:PutEvents',
        as: 'the events',
        input: {
          Entries: details.map((detail) => ({ Source: 'test', DetailType: 'peers', Detail: JSON.stringify(detail) })),
        },
      },
      ...patterns.map(([name], index): Step => ({
        call: 'sqs:ReceiveMessage',
        as: `matched by ${name}`,
        input: { QueueUrl: `\${queue${index}}`, MaxNumberOfMessages: 10 },
        ...(index === 0 ? { until: 'Messages' } : {}),
        compare: ['Messages[].Body'],
      })),
    ],
  },
  {
    name: 'rules that cannot be',
    steps: [
      { call: 'eventbridge:PutRule', as: 'a pattern that is no JSON', input: { Name: 'bad', EventPattern: '{' } },
      {
        call: 'eventbridge:PutRule',
        as: 'a value without a list',
        input: { Name: 'bad', EventPattern: '{"source":"test"}' },
      },
      {
        call: 'eventbridge:PutRule',
        as: 'on a bus that is not there',
        input: { Name: 'bad', EventBusName: 'nowhere', EventPattern: '{"source":["test"]}' },
      },
      {
        call: 'eventbridge:PutRule',
        as: 'a rule',
        input: { Name: 'good', EventPattern: '{"source":["test"]}', Description: 'A rule' },
        compare: ['RuleArn'],
      },
      { call: 'eventbridge:DescribeRule', input: { Name: 'good' } },
      { call: 'eventbridge:DescribeRule', as: 'a rule that is not there', input: { Name: 'nowhere' } },
      { call: 'eventbridge:DisableRule', input: { Name: 'good' } },
      { call: 'eventbridge:DescribeRule', as: 'disabled', input: { Name: 'good' } },
      {
        call: 'eventbridge:PutTargets',
        as: 'of a rule that is not there',
        input: { Rule: 'nowhere', Targets: [{ Id: 'q', Arn: 'arn:aws:sqs:eu-central-1:222222222222:matched-0' }] },
      },
      { call: 'eventbridge:ListTargetsByRule', input: { Rule: 'good' } },
    ],
  },
];

/** Asked of ministack: moto has no TestEventPattern. */
export const testedPatterns: readonly Sequence[] = [
  {
    name: 'TestEventPattern',
    steps: patterns.flatMap(([name, pattern]) =>
      details.map((detail, index): Step => ({
        call: 'eventbridge:TestEventPattern',
        as: `${name}, event ${index + 1}`,
        input: {
          EventPattern: JSON.stringify(pattern),
          Event: JSON.stringify({
            id: 'e',
            account: '222222222222',
            source: 'test',
            time: '2026-01-31T12:00:00Z',
            region: 'eu-central-1',
            resources: [],
            'detail-type': 'peers',
            detail,
          }),
        },
      })),
    ),
  },
];
