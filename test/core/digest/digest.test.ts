import { MOST_ACCOUNTS, MOST_ITEMS, isQuietDigest } from '../../../src/core/digest/digest';
import { toDigest, type DigestedRemediation, type DigestInput } from '../../../src/core/digest/to-digest';
import type { RiskException } from '../../../src/core/exceptions/risk-exception';
import type { Grant } from '../../../src/core/grants/grant';
import type { RemediationOutcome } from '../../../src/core/ledger/remediation-record';
import { renderMail } from '../../../src/core/messages/email/render-mail';
import { renderDigest } from '../../../src/core/messages/email/render-digest';
import { parseNotice } from '../../../src/core/messages/parse-notice';
import type { Question } from '../../../src/core/questions/question';

const SINCE = new Date('2026-11-28T07:00:00Z');
const UNTIL = new Date('2026-11-29T07:00:00Z');
const NOTHING: DigestInput = { remediations: [], questions: [], exceptions: [], grants: [], unreadable: 0 };

const targetOf = (account: string, id = 'sg-1') =>
  ({ kind: 'security-group', partition: 'aws', account, region: 'us-east-1', id }) as const;

function remediation(
  outcome: RemediationOutcome,
  account = '222222222222',
  id = 'sg-1',
  finishedAt = '2026-11-28T12:00:00.000Z',
): DigestedRemediation {
  return { remediationId: `rem-${outcome}`, target: targetOf(account, id), outcome, finishedAt };
}

const question = (kind: 'open' | 'ended', id = '1') =>
  ({
    questionId: `qst-${id}`,
    target: targetOf('333333333333'),
    until: '2026-11-29T12:00:00.000Z',
    reason: 'production asks',
    state: { kind },
  }) as Question;

const exception = (until: string, changes: Partial<RiskException> = {}) =>
  ({
    exceptionId: `exc-${until}`,
    target: targetOf('333333333333'),
    until,
    reason: 'public demo',
    ...changes,
  }) as RiskException;

const grant = (changes: Partial<Grant> = {}) =>
  ({
    grantId: 'grt-1',
    target: targetOf('333333333333'),
    until: '2026-11-29T09:00:00.000Z',
    reason: 'incident 12',
    ...changes,
  }) as Grant;

const ended = { at: '2026-11-28T08:00:00.000Z', by: 'somebody', how: 'by-hand' } as const;

test.each<[string, Partial<DigestInput>, object]>([
  ['a closing is opened and closed', { remediations: [remediation('closed')] }, { opened: 1, closed: 1 }],
  ['a question is opened', { remediations: [remediation('asked')] }, { opened: 1 }],
  ['what stayed open is opened and failed', { remediations: [remediation('still-open')] }, { opened: 1, failed: 1 }],
  [
    'a grant that is refused is nothing that is open: whoever asked for it was told',
    { remediations: [{ ...remediation('failed'), action: 'grant' }] },
    {},
  ],
  [
    'an undo that failed has opened nothing',
    { remediations: [{ ...remediation('failed'), action: 'undo' }] },
    { failed: 1 },
  ],
  ['what nobody could tell is failed alone', { remediations: [remediation('could-not-tell')] }, { failed: 1 }],
  ['an undo is opened', { remediations: [remediation('undone')] }, { opened: 1 }],
  ['a preview is nothing', { remediations: [remediation('previewed')] }, {}],
  [
    'a target that was asked about and then closed is one target',
    { remediations: [remediation('asked'), remediation('closed')] },
    { opened: 1, closed: 1 },
  ],
  [
    'two targets are two',
    { remediations: [remediation('closed'), remediation('closed', '222222222222', 'sg-2')] },
    { opened: 2, closed: 2 },
  ],
  [
    'what finished at the moment when the last digest ended was in that one',
    { remediations: [remediation('closed', '222222222222', 'sg-1', SINCE.toISOString())] },
    {},
  ],
  [
    'what finished at the moment that it is made for is in this one',
    { remediations: [remediation('closed', '222222222222', 'sg-1', UNTIL.toISOString())] },
    { opened: 1, closed: 1 },
  ],
  ['an open question waits', { questions: [question('open'), question('ended', '2')] }, { waiting: 1 }],
  [
    'an exception that ends within a week ends soon',
    { exceptions: [exception('2026-12-06T06:59:00.000Z')] },
    { ending: 1 },
  ],
  ['an exception that ends later does not', { exceptions: [exception('2026-12-06T07:01:00.000Z')] }, {}],
  [
    'an exception that is due ends soon until it has ended',
    { exceptions: [exception('2026-11-29T06:00:00.000Z')] },
    { ending: 1 },
  ],
  ['an exception that has ended does not', { exceptions: [exception('2026-12-01T07:00:00.000Z', { ended })] }, {}],
  ['a grant that is overdue is still open', { grants: [grant({ until: '2026-11-29T06:00:00.000Z' })] }, { granted: 1 }],
  ['a grant that has ended is not', { grants: [grant({ ended })] }, {}],
])('%s', (_what, input, counts) => {
  const { all } = toDigest({ ...NOTHING, ...input }, SINCE, UNTIL);
  expect(all).toEqual({ opened: 0, closed: 0, waiting: 0, failed: 0, ending: 0, granted: 0, ...counts });
});

test('what the ledger has and nobody can read is said, and is not quiet', () => {
  expect(isQuietDigest(toDigest(NOTHING, SINCE, UNTIL))).toBe(true);
  const digest = toDigest({ ...NOTHING, unreadable: 2 }, SINCE, UNTIL);
  expect(isQuietDigest(digest)).toBe(false);
  expect(renderDigest(digest)).toContain('2 items of the ledger cannot be read and are in no count');
});

function mailOf(input: Partial<DigestInput>) {
  const digest = toDigest({ ...NOTHING, ...input }, SINCE, UNTIL);
  const event = {
    id: 'digest-20261129T070000Z',
    source: 'portcullis',
    'detail-type': 'Digest',
    time: UNTIL.toISOString(),
    detail: { matter: 'stays', reason: 'Digest', digest },
  };
  const notice = parseNotice(JSON.stringify(event));
  if (!notice.ok) throw new Error(notice.error);
  expect(notice.value.digest).toEqual(digest);
  return renderMail(notice.value);
}

test('a digest is a text that people can read, by account, where something is to be done first', () => {
  const input = {
    remediations: [
      remediation('closed', '222222222222', 'sg-1'),
      remediation('closed', '222222222222', 'sg-2'),
      remediation('failed', '444444444444', 'sg-3'),
    ],
    questions: [question('open')],
    exceptions: [exception('2026-12-01T07:00:00.000Z')],
    grants: [grant()],
  };
  const { subject, text, attributes } = mailOf(input);
  expect(subject).toBe(
    '[Portcullis] Digest 2026-11-29: 1 failed, 1 waiting, 3 found open, 2 closed, 1 ending soon, 1 gr...',
  );
  expect(text).toBe(`From 2026-11-28 07:00 until 2026-11-29 07:00 (UTC): \
1 failed, 1 waiting, 3 found open, 2 closed, 1 ending soon, 1 granted.

account          found open       closed      waiting       failed  ending soon      granted
444444444444              1            0            0            1            0            0
333333333333              0            0            1            0            1            1
222222222222              2            2            0            0            0            0
together                  3            2            1            1            1            1

Could not be closed, or nobody could tell (portcullis show ID):
  rem-failed  2026-11-28 12:00  444444444444/us-east-1/sg-3  failed

Waits for an answer, with the end of each (portcullis approve ID, or deny):
  qst-1  2026-11-29 12:00  333333333333/us-east-1/sg-1  production asks

Exceptions that end within 7 days (portcullis exceptions list):
  exc-2026-12-01T07:00:00.000Z  2026-12-01 07:00  333333333333/us-east-1/sg-1  public demo

Access that is open for a while, with its end (portcullis grants end ID):
  grt-1  2026-11-29 09:00  333333333333/us-east-1/sg-1  incident 12

Sent by Portcullis. digest-20261129T070000Z
`);
  expect(attributes).toEqual({
    event: 'Digest',
    until: '2026-11-29T07:00:00.000Z',
    ...{ opened: 3, closed: 2, waiting: 1, failed: 1, ending: 1, granted: 1 },
    accounts: ['444444444444', '333333333333', '222222222222'],
  });
});

test('a digest without anything says so, and has no table', () => {
  expect(mailOf({})).toEqual({
    subject: '[Portcullis] Digest 2026-11-29: nothing happened, and nothing waits',
    text:
      'From 2026-11-28 07:00 until 2026-11-29 07:00 (UTC): nothing happened, and nothing waits.\n\n' +
      'Sent by Portcullis. digest-20261129T070000Z\n',
    attributes: expect.objectContaining({ event: 'Digest', opened: 0 }) as object,
  });
});

test('of 1,000 accounts and texts of 100 KB in a script of four bytes it is 256 KiB at most, and says how many more there are', () => {
  const accounts = Array.from({ length: 1000 }, (_, index) => String(200_000_000_000 + index));
  const reason = '𒀀"\\\n'.repeat(25_000);
  const input = {
    remediations: accounts.map((account) => remediation('failed', account)),
    questions: accounts.map((account, index) => ({
      ...question('open', String(index)),
      target: targetOf(account),
      reason,
    })),
    exceptions: accounts.map((account) => exception('2026-12-01T07:00:00.000Z', { target: targetOf(account), reason })),
    grants: accounts.map((account, index) =>
      grant({ target: targetOf(account), grantId: `grt-${String(index)}`, reason }),
    ),
  };
  const digest = toDigest({ ...NOTHING, ...input }, SINCE, UNTIL);
  expect(Buffer.byteLength(JSON.stringify(digest))).toBeLessThan(220_000);
  const { text, attributes } = mailOf(input);
  expect(Buffer.byteLength(text) + Buffer.byteLength(JSON.stringify(attributes))).toBeLessThan(220_000);
  expect(text).toContain(`and ${String(1000 - MOST_ACCOUNTS)} more accounts`);
  expect(text).toContain(`  and ${String(1000 - MOST_ITEMS)} more`);
  expect(text).toMatch(/^[\P{C}\n]*$/u);
});
