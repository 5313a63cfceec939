import * as fc from 'fast-check';
import type { Notice } from '../../../src/core/messages/notice';
import { effectOf } from '../../../src/core/messages/matter';
import { NOTICE_KINDS } from '../../../src/core/messages/notice-kinds';
import { readableText } from '../../../src/core/messages/readable-text';

/** A closing that nobody watched. */
export const CLOSED: Notice = {
  id: '1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9',
  kind: 'Ingress Closed',
  matter: 'ends',
  sentAt: '2026-11-29T12:00:01.000Z',
  occurredAt: '2026-11-29T12:00:00.000Z',
  target: {
    kind: 'security-group',
    partition: 'aws',
    account: '222222222222',
    region: 'us-east-1',
    id: 'sg-0123456789abcdef0',
    arn: 'arn:aws:ec2:us-east-1:222222222222:security-group/sg-0123456789abcdef0',
  },
  controls: ['EC2.13'],
  severity: 'HIGH',
  summary: 'tcp 22 from 0.0.0.0/0 was removed.',
  remediation: {
    id: 'rem-0123456789abcdef',
    action: 'close',
    outcome: 'closed',
    trigger: 'automatic',
    decidedBy: 'policy: EC2.13 automatic',
    startedAt: '2026-11-29T11:59:58.000Z',
    finishedAt: '2026-11-29T12:00:00.000Z',
  },
  question: undefined,
  reopening: undefined,
  findings: { ids: ['finding/1'], count: 1, notUpdated: 0 },
};

/** A finding that a person must decide about. */
export const ASKED: Notice = {
  ...CLOSED,
  kind: 'Decision Needed',
  matter: 'opens',
  summary: 'Nothing was changed: the policy entry "production asks" wants a person to decide.',
  remediation: { ...(CLOSED.remediation as NonNullable<Notice['remediation']>), outcome: 'asked' },
  question: { id: 'qst-0123456789abcdef', until: '2026-11-30T12:00:00.000Z', onSilence: 'leave', isReminder: false },
};

/** Somebody opened again what was closed. */
export const REOPENED: Notice = {
  ...CLOSED,
  kind: 'Ingress Reopened',
  matter: 'opens',
  severity: undefined,
  summary: 'Opened again after it was closed: AuthorizeSecurityGroupIngress by arn:aws:iam::222222222222:root.',
  remediation: undefined,
  question: undefined,
  reopening: {
    by: 'arn:aws:iam::222222222222:root',
    sourceIp: '198.51.100.7',
    userAgent: 'aws-cli/2.31.0',
    call: 'AuthorizeSecurityGroupIngress',
    times: 1,
    eventId: 'a1b2c3d4-0000-4000-8000-000000000000',
  },
  findings: { ids: [], count: 0, notUpdated: 0 },
};

/** What `portcullis notify test` sends. */
export const TESTED: Notice = {
  ...CLOSED,
  kind: 'Test',
  matter: 'stays',
  target: undefined,
  controls: [],
  severity: undefined,
  summary: 'A test that arn:aws:iam::111111111111:user/alice asked for.',
  remediation: undefined,
  findings: { ids: [], count: 0, notUpdated: 0 },
};

/** Texts of every script, as messages are read, with what markup and protocols are made of, and long ones. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('<!channel>', '<@U123>', '&amp;', '*_~`', '"}],', '\r\nBcc: x@example.com', '{noformat}', '\u202e'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }).map((part) => part.repeat(25_000).slice(0, 100_000)),
  )
  .map(readableText);

/** Notices with texts of others in every place where a text can be. */
export const anyNotice: fc.Arbitrary<Notice> = fc
  .record({
    kind: fc.oneof(fc.constantFrom(...NOTICE_KINDS, 'Test'), text),
    base: fc.constantFrom(CLOSED, ASKED, REOPENED, TESTED),
    summary: text,
    decidedBy: text,
    reason: text,
    by: text,
    userAgent: text,
    severity: fc.option(fc.oneof(fc.constantFrom('LOW', 'CRITICAL'), text), { nil: undefined }),
  })
  .map(({ kind, base, summary, decidedBy, reason, by, userAgent, severity }) => ({
    ...base,
    kind,
    matter: effectOf(kind),
    summary,
    severity,
    remediation: base.remediation && {
      ...base.remediation,
      decidedBy,
      decision: { mode: 'ask', entry: reason, reason },
    },
    ...(base.remediation && { known: reason, ownerMustChange: [summary, reason] }),
    reopening: base.reopening && { ...base.reopening, by, userAgent, asked: reason },
  }));
