import { matchesEventPattern, parseEventPattern } from '../../../sandbox/events/event-pattern';
import { thrownBy } from '../small-sandbox';

const event = {
  source: 'aws.securityhub',
  'detail-type': 'Security Hub Findings - Imported',
  resources: ['arn:aws:a', 'arn:aws:b'],
  detail: {
    empty: '',
    nothing: null,
    count: 7,
    flag: true,
    ip: '10.1.2.3',
    file: '/var/lib/x.png',
    none: [],
    findings: [
      { Compliance: { Status: 'FAILED' }, Workflow: { Status: 'RESOLVED' }, Resources: [{ Type: 'A' }, { Type: 'B' }] },
      { Compliance: { Status: 'PASSED' }, Workflow: { Status: 'NEW' } },
    ],
  },
};

const finding = (nested: object): object => ({ detail: { findings: nested } });
const detail = (nested: object): object => ({ detail: nested });

const cases: readonly [name: string, pattern: object, matches: boolean][] = [
  ['an exact string', { source: ['x', 'aws.securityhub'] }, true],
  ['another string', { source: ['x'] }, false],
  ['a value of a list', { resources: ['arn:aws:b'] }, true],
  ['all fields', { source: ['aws.securityhub'], 'detail-type': ['other'] }, false],
  ['null', detail({ nothing: [null] }), true],
  ['null is not absent', detail({ absent: [null] }), false],
  ['an empty string', detail({ empty: [''] }), true],
  ['a number is not its string', detail({ count: ['7'] }), false],
  ['a number', detail({ count: [7] }), true],
  ['a boolean', detail({ flag: [true] }), true],
  ['an object is no leaf', { detail: ['x'] }, false],
  ['prefix', { source: [{ prefix: 'aws.' }] }, true],
  ['prefix, any case', { source: [{ prefix: { 'equals-ignore-case': 'AWS.' } }] }, true],
  ['suffix', { source: [{ suffix: 'hub' }] }, true],
  ['equals-ignore-case', { source: [{ 'equals-ignore-case': 'AWS.SecurityHub' }] }, true],
  ['wildcard', detail({ file: [{ wildcard: '/var/*.png' }] }), true],
  ['wildcard takes a dot literally', detail({ file: [{ wildcard: '/var/*xpng' }] }), false],
  ['wildcard with an escaped star', detail({ file: [{ wildcard: '/var/\\*' }] }), false],
  ['anything-but', { source: [{ 'anything-but': 'aws.ec2' }] }, true],
  ['anything-but of a list', { source: [{ 'anything-but': ['aws.ec2', 'aws.securityhub'] }] }, false],
  ['anything-but prefix', { source: [{ 'anything-but': { prefix: 'aws.' } }] }, false],
  ['anything-but suffixes', { source: [{ 'anything-but': { suffix: ['.x', '.y'] } }] }, true],
  ['anything-but wildcard', detail({ file: [{ 'anything-but': { wildcard: '*/lib/*' } }] }), false],
  ['anything-but, any case', { source: [{ 'anything-but': { 'equals-ignore-case': 'AWS.SECURITYHUB' } }] }, false],
  ['anything-but needs the field', detail({ absent: [{ 'anything-but': 'x' }] }), false],
  ['numeric equality', detail({ count: [{ numeric: ['=', 7] }] }), true],
  ['numeric range', detail({ count: [{ numeric: ['>', 0, '<=', 6] }] }), false],
  ['cidr', detail({ ip: [{ cidr: '10.0.0.0/8' }] }), true],
  ['cidr of the other family', detail({ ip: [{ cidr: '::/0' }] }), false],
  ['exists', detail({ count: [{ exists: true }] }), true],
  ['exists sees no objects', { detail: [{ exists: true }] }, false],
  ['exists sees no empty list', detail({ none: [{ exists: true }] }), false],
  ['does not exist', detail({ absent: [{ exists: false }] }), true],
  ['does not exist, below a missing field', detail({ absent: { deeper: [{ exists: false }] } }), true],
  ['fields of one element', finding({ Compliance: { Status: ['FAILED'] }, Workflow: { Status: ['RESOLVED'] } }), true],
  ['fields of two elements', finding({ Compliance: { Status: ['FAILED'] }, Workflow: { Status: ['NEW'] } }), false],
  ['a list in a list', finding({ Resources: { Type: ['B'] } }), true],
  ['$or', { $or: [{ source: ['x'] }, detail({ count: [7] })] }, true],
  ['$or beside a field', { source: ['x'], $or: [{ source: ['aws.securityhub'] }, detail({ count: [7] })] }, false],
  ['$or below', detail({ $or: [{ count: [8] }, { flag: [true] }] }), true],
  ['a field named $or', { $or: [{ exists: false }] }, true],
];

test.each(cases)('%s', (_name, pattern, matches) => {
  expect(matchesEventPattern(parseEventPattern(JSON.stringify(pattern)), event)).toBe(matches);
});

const invalid: readonly [name: string, pattern: string, reason: string][] = [
  ['no JSON', '{', 'not JSON'],
  ['a list', '[]', 'Filter is not an object'],
  ['an empty pattern', '{}', 'Empty objects'],
  ['an empty object', '{"detail":{}}', '"detail"'],
  ['an empty list', '{"detail":{"a":[]}}', '"detail.a"'],
  ['a bare string', '{"source":"aws.ec2"}', '"source" must be an object or an array'],
  [
    'an operator by the name of what every object has',
    '{"source":[{"toString":"x"}]}',
    'Unrecognized match type toString',
  ],
  ['a comparison by such a name', '{"n":[{"numeric":["toString",1]}]}', 'numeric range operator: toString'],
  ['an unknown operator', '{"source":[{"like":"x"}]}', 'Unrecognized match type like'],
  ['two operators at once', '{"source":[{"prefix":"x","suffix":"y"}]}', 'Only one key'],
  ['a list in a leaf', '{"source":[["x"]]}', 'Match value'],
  ['a bad comparison', '{"n":[{"numeric":["~",1]}]}', 'numeric range operator: ~'],
  ['a bad CIDR', '{"ip":[{"cidr":"10.0.0.0"}]}', 'Malformed CIDR'],
  ['two stars', '{"f":[{"wildcard":"a**"}]}', 'Consecutive'],
  ['numeric under anything-but', '{"n":[{"anything-but":{"numeric":["=",1]}}]}', 'Unsupported anything-but'],
  ['an empty anything-but', '{"n":[{"anything-but":[]}]}', 'must not be empty'],
  ['more than 2048 characters', `{"source":["${'x'.repeat(2048)}"]}`, '2048'],
];

test.each(invalid)('%s is refused', (_name, pattern, reason) => {
  expect(thrownBy(() => parseEventPattern(pattern))).toMatchObject({
    code: 'InvalidEventPatternException',
    message: expect.stringContaining(reason) as string,
  });
});
