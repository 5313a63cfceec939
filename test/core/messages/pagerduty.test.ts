import * as fc from 'fast-check';
import { toPagerDutyEvents } from '../../../src/core/messages/pagerduty/to-pagerduty-events';
import { effectOf } from '../../../src/core/messages/matter';
import { NOTICE_KINDS } from '../../../src/core/messages/notice-kinds';
import { afterNotice, NEW_THREAD, type Thread } from '../../../src/core/messages/thread';
import type { Notice } from '../../../src/core/messages/notice';
import { answerPagerDuty } from '../../../sandbox/outside/pagerduty';
import { anyNotice, ASKED, CLOSED, REOPENED, TESTED } from './notices';

const KEY = 'portcullis/222222222222/us-east-1/security-group/sg-0123456789abcdef0';

/** What PagerDuty answers to an event, by its documented form. */
function answerTo(event: object) {
  const body = JSON.stringify({ routing_key: 'x'.repeat(32), ...event });
  return answerPagerDuty({ method: 'POST', url: 'https://events.pagerduty.com/v2/enqueue', headers: {}, body });
}

const inWords = (notice: Notice, thread = NEW_THREAD) =>
  toPagerDutyEvents(notice, thread).map(({ event_action, dedup_key, payload }) =>
    [event_action, dedup_key, payload?.severity].filter((part) => part !== undefined).join(' '),
  );

test('a question triggers an incident for each control, with what people need to know', () => {
  const [event] = toPagerDutyEvents(ASKED, NEW_THREAD);
  expect(event).toEqual({
    event_action: 'trigger',
    dedup_key: `${KEY}/EC2.13`,
    client: 'Portcullis',
    payload: {
      summary: `A person must decide: sg-0123456789abcdef0 in 222222222222/us-east-1. ${ASKED.summary}`,
      source: 'arn:aws:ec2:us-east-1:222222222222:security-group/sg-0123456789abcdef0',
      severity: 'error',
      timestamp: '2026-11-29T12:00:00.000Z',
      component: 'sg-0123456789abcdef0',
      group: '222222222222/us-east-1',
      class: 'EC2.13',
      custom_details: {
        Event: 'Decision Needed',
        What: ASKED.summary,
        Target: 'sg-0123456789abcdef0',
        Account: '222222222222',
        Region: 'us-east-1',
        Controls: 'EC2.13',
        Severity: 'HIGH',
        When: '2026-11-29T12:00:00.000Z',
        'Decided by': 'policy: EC2.13 automatic',
        Remediation: 'rem-0123456789abcdef',
        Question: 'qst-0123456789abcdef',
        'Answer until': '2026-11-30T12:00:00.000Z; without an answer: leave',
      },
    },
  });
});

test.each<[string, Notice, string]>([
  ['a critical finding', { ...ASKED, severity: 'CRITICAL' }, 'critical'],
  ['a medium one', { ...ASKED, severity: 'MEDIUM' }, 'warning'],
  ['a low one', { ...ASKED, severity: 'LOW' }, 'info'],
  ['one that nobody graded', REOPENED, 'error'],
  ['more done than was planned', { ...ASKED, kind: 'Verification Failed', severity: 'LOW' }, 'critical'],
  ['what somebody opened on purpose', { ...ASKED, kind: 'Closing Undone', severity: 'CRITICAL' }, 'info'],
])('%s is as grave as it should be', (_what, notice, severity) => {
  expect(inWords(notice)).toEqual([`trigger ${KEY}/EC2.13 ${severity}`]);
});

test('a closing resolves what was triggered, and nothing else', () => {
  const asked = afterNotice(NEW_THREAD, { ...ASKED, controls: ['EC2.13', 'EC2.19'] });
  expect(inWords({ ...CLOSED, controls: ['EC2.13', 'EC2.18'] }, asked)).toEqual([`resolve ${KEY}/EC2.13`]);
  expect(inWords(CLOSED)).toEqual([]);
});

test('what comes late, after a newer notice about the control, triggers and resolves nothing', () => {
  const closed = afterNotice(NEW_THREAD, CLOSED);
  const late = { ...ASKED, sentAt: '2026-11-29T11:00:00.000Z' };
  expect(inWords(late, closed)).toEqual([]);
  expect(inWords({ ...late, controls: ['EC2.13', 'EC2.19'] }, closed)).toEqual([`trigger ${KEY}/EC2.19 error`]);
  const reopened = afterNotice(closed, { ...REOPENED, sentAt: '2026-11-29T13:00:00.000Z' });
  expect(inWords(CLOSED, reopened)).toEqual([]);
});

test.each(NOTICE_KINDS.map((kind) => [kind, effectOf(kind)] as const))(
  '%s %s a matter: its incident is triggered where it opens one, resolved where it ends one, and left alone otherwise',
  (kind, matter) => {
    const notice = { ...CLOSED, kind, matter };
    const open = afterNotice(NEW_THREAD, ASKED);
    const verbs = (thread: Thread) => inWords(notice, thread).map((words) => words.split(' ')[0]);
    const expected = { opens: [['trigger'], ['trigger']], ends: [[], ['resolve']], stays: [[], ['trigger']] };
    expect([verbs(NEW_THREAD), verbs(open)]).toEqual(expected[matter]);
  },
);

test('what names no control is an incident of the target, which whatever closes something there resolves', () => {
  const lost = { ...ASKED, kind: 'Remediation Failed', controls: [] };
  expect(inWords(lost)).toEqual([`trigger ${KEY}/ error`]);
  expect(inWords(CLOSED, afterNotice(NEW_THREAD, lost))).toEqual([`resolve ${KEY}/`]);
});

test('a target that is gone resolves all that was open on it', () => {
  const open = afterNotice(NEW_THREAD, { ...ASKED, controls: ['EC2.13', 'EC2.19'] });
  const gone: Notice = { ...CLOSED, kind: 'Target Gone', controls: ['EC2.13'] };
  expect(inWords(gone, open)).toEqual([`resolve ${KEY}/EC2.13`, `resolve ${KEY}/EC2.19`]);
});

test('the brake is one incident, which its release resolves', () => {
  const engaged: Notice = { ...ASKED, kind: 'Brake Engaged', target: undefined, controls: [] };
  expect(inWords(engaged)).toEqual(['trigger portcullis/brake/ error']);
  const released: Notice = { ...engaged, kind: 'Brake Released', matter: 'ends' };
  expect(inWords(released, afterNotice(NEW_THREAD, engaged))).toEqual(['resolve portcullis/brake/']);
});

test('a test triggers an incident for information, and resolves it', () => {
  const key = `portcullis/test/${TESTED.id}`;
  expect(inWords(TESTED)).toEqual([`trigger ${key} info`, `resolve ${key}`]);
});

test('whatever others write, PagerDuty takes it', () => {
  fc.assert(
    fc.property(anyNotice, (notice) => {
      for (const event of toPagerDutyEvents(notice, afterNotice(NEW_THREAD, ASKED))) {
        expect(answerTo(event)).toMatchObject({ status: 202 });
      }
    }),
    { numRuns: 100 },
  );
});
