import type { RiskException } from '../../../src/core/exceptions/risk-exception';
import type { Grant } from '../../../src/core/grants/grant';
import type { Question } from '../../../src/core/questions/question';
import { failure, success } from '../../../src/core/result';
import { checkEndings, type EndingPorts } from '../../../src/flow/doctor/check-endings';

const target = {
  kind: 'security-group',
  partition: 'aws',
  account: '222222222222',
  region: 'us-east-1',
  id: 'sg-0123456789abcdef0',
} as const;
const PLACE = '222222222222/us-east-1/sg-0123456789abcdef0';

// As much of each as is checked.
const grant = (until: string, ended = false) =>
  ({ grantId: 'grt-0123456789abcdef', target, until, ...(ended && { ended: {} }) }) as unknown as Grant;
const exception = (until: string) =>
  ({ exceptionId: 'exc-0123456789abcdef', target, until }) as unknown as RiskException;
const question = (until: string) => ({ questionId: 'qst-0123456789abcdef', target, until }) as unknown as Question;

function portsOf(
  {
    grants = [],
    exceptions = [],
    questions = [],
  }: Partial<Record<'grants' | 'exceptions' | 'questions', readonly object[]>>,
  isBeforeRemoval = false,
): EndingPorts {
  return {
    ledger: {
      fetchGrants: () => Promise.resolve(success(grants as readonly Grant[])),
      fetchExceptions: () => Promise.resolve(success(exceptions as readonly RiskException[])),
    },
    questions: { fetchOpenQuestions: () => Promise.resolve(success(questions as readonly Question[])) },
    now: new Date('2026-11-29T12:00:00Z'),
    region: 'eu-central-1',
    isBeforeRemoval,
  };
}

const LIVE = {
  grants: [grant('2026-11-29T14:00:00.000Z'), grant('2026-11-29T13:00:00.000Z', true)],
  exceptions: [exception('2026-12-29T00:00:00.000Z')],
  questions: [question('2026-11-30T12:00:00.000Z')],
};

test('what ends in its time is well, and says how to check before Portcullis is removed', async () => {
  expect(await checkEndings(portsOf(LIVE))).toEqual(
    [
      ['grants', '2026-11-29 14:00 UTC'],
      ['exceptions', '2026-12-29 00:00 UTC'],
      ['questions', '2026-11-30 12:00 UTC'],
    ].map(([check, until]) => ({
      check,
      status: 'ok',
      found: `1, the next ends ${String(until)}; before Portcullis is removed: doctor --before-removal`,
      fix: '',
    })),
  );
});

test('before it is removed each that nobody would end any more is named, with the command that ends it', async () => {
  const checks = await checkEndings(portsOf(LIVE, true));
  expect(checks.map(({ status, found, fix }) => [status, found, fix])).toEqual([
    [
      'failed',
      `${PLACE} is open and ends 2026-11-29 14:00 UTC`,
      'portcullis grants end grt-0123456789abcdef --region eu-central-1',
    ],
    [
      'failed',
      `${PLACE} has its findings SUPPRESSED and ends 2026-12-29 00:00 UTC`,
      'portcullis exceptions end exc-0123456789abcdef --region eu-central-1',
    ],
    [
      'failed',
      `${PLACE} waits for an answer and ends 2026-11-30 12:00 UTC`,
      'portcullis deny qst-0123456789abcdef --region eu-central-1',
    ],
  ]);
  expect((await checkEndings(portsOf({}, true))).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
});

test('what is past its end by more than half an hour is not well, whether or not Portcullis is to be removed', async () => {
  const late = { grants: [grant('2026-11-29T11:00:00.000Z')], exceptions: [exception('2026-11-29T11:50:00.000Z')] };
  const checks = await checkEndings(portsOf(late));
  expect(checks.map(({ check, status }) => [check, status])).toEqual([
    ['grants grt-0123456789abcdef', 'failed'],
    ['exceptions', 'ok'],
    ['questions', 'ok'],
  ]);
});

test('of many twenty are named, and how many more there are', async () => {
  const grants = Array.from({ length: 25 }, () => grant('2026-11-29T14:00:00.000Z'));
  const checks = (await checkEndings(portsOf({ grants }, true))).filter(({ status }) => status === 'failed');
  expect(checks).toHaveLength(21);
  expect(checks.at(-1)).toMatchObject({ found: '5 more', fix: 'portcullis grants list --region eu-central-1' });
});

test('a ledger that cannot be read is unknown, never none', async () => {
  const refused = failure({ code: 'access-denied', retryable: false, cause: 'no dynamodb:Query' } as const);
  const ports = portsOf({});
  const checks = await checkEndings({
    ...ports,
    ledger: { ...ports.ledger, fetchGrants: () => Promise.resolve(refused) },
  });
  expect(checks.map(({ status }) => status)).toEqual(['unknown', 'ok', 'ok']);
});
