import { factsOf } from '../../../src/core/messages/describe-notice';
import { parseNotice } from '../../../src/core/messages/parse-notice';
import { busEvent } from '../../end-to-end/channels/bus-event';

const parse = (event: unknown) => parseNotice(JSON.stringify(event));

test('an event about a remediation is read whole', () => {
  const event = busEvent('Ingress Closed', { undoes: 'rem-1', decision: { mode: 'auto', entry: 'e', reason: 'r' } });
  expect(parse(event)).toMatchObject({
    ok: true,
    value: {
      kind: 'Ingress Closed',
      sentAt: '2026-11-29T12:00:00.000Z',
      occurredAt: '2026-11-29T12:00:00.000Z',
      controls: ['EC2.13'],
      severity: 'HIGH',
      summary: 'tcp 22 from 0.0.0.0/0 was removed.',
      remediation: { id: 'rem-0123456789abcdef', undoes: 'rem-1', decision: { mode: 'auto' } },
      findings: { ids: ['finding/1'], count: 1, notUpdated: 0 },
    },
  });
});

test('an event about a reopening says who did it, how often, and what is asked', () => {
  const detail = {
    remediationId: undefined,
    reason: undefined,
    reopenedBy: 'arn:aws:iam::222222222222:root',
    sourceIp: '198.51.100.7',
    userAgent: 'aws-cli',
    call: 'AuthorizeSecurityGroupIngress',
    at: '2026-11-29T11:59:00Z',
    eventId: 'event',
    times: 3,
    asked: 'It was closed 3 times.',
  };
  expect(parse(busEvent('Ingress Reopened', detail))).toMatchObject({
    ok: true,
    value: {
      remediation: undefined,
      reopening: { by: 'arn:aws:iam::222222222222:root', times: 3 },
      summary:
        'Opened again after it was closed (3 times): AuthorizeSecurityGroupIngress by arn:aws:iam::222222222222:root ' +
        'from 198.51.100.7. A person must decide: It was closed 3 times.',
    },
  });
});

test('an event about a grant says until when, why, and how to end it', () => {
  const parsed = parseNotice(
    JSON.stringify({
      id: 'event-1',
      source: 'portcullis',
      'detail-type': 'Access Granted',
      time: '2026-12-01T10:00:00Z',
      detail: {
        reason: 'Opened tcp 22 from 198.51.100.7/32.',
        grant: { grantId: 'grt-0123456789abcdef', reason: 'disk full', by: 'alice', until: '2026-12-01T12:00:00.000Z' },
      },
    }),
  );
  if (!parsed.ok) throw new Error(parsed.error);
  expect(parsed.value.matter).toBe('stays');
  expect(factsOf(parsed.value)).toEqual([
    ['When', '2026-12-01T10:00:00.000Z'],
    ['Grant', 'grt-0123456789abcdef until 2026-12-01T12:00:00.000Z'],
    ['Why', 'disk full'],
    ['To undo', 'portcullis grants end grt-0123456789abcdef'],
  ]);
});

test('an event of a newer version, with other fields, is shown with what it has', () => {
  expect(parse({ ...busEvent('Grant Ended'), detail: { reason: 'It is over.', target: 'elsewhere' } })).toMatchObject({
    ok: true,
    value: { kind: 'Grant Ended', summary: 'It is over.', target: undefined, controls: [], remediation: undefined },
  });
});

test.each<[string, string, string]>([
  ['no JSON', '{', 'The message is not JSON.'],
  ['a list', '[]', 'The message is no event of Portcullis: is not an object'],
  ['no id', JSON.stringify({ source: 'portcullis' }), 'The message is no event of Portcullis: id is missing'],
  [
    'an id that would be a key of something else',
    JSON.stringify({ ...busEvent('Test'), id: 'a#b' }),
    'The message is no event of Portcullis: id "a#b" is not the id of an event',
  ],
  [
    'somebody else',
    JSON.stringify({ ...busEvent('Test'), source: 'aws.ec2' }),
    'The message is no event of Portcullis: source "aws.ec2" is not portcullis; only its own events are sent on',
  ],
  [
    'no time',
    JSON.stringify({ ...busEvent('Test'), time: 'noon' }),
    'The message is no event of Portcullis: time "noon" is not of a form that is known',
  ],
])('a message with %s is refused with the reason', (_what, body, error) => {
  expect(parseNotice(body)).toEqual({ ok: false, error });
});
