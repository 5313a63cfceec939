import { failure, success } from '../../../src/core/result';
import { checkMemberQuotas } from '../../../src/flow/doctor/check-quotas';
import type { MemberState, PortFailure } from '../../../src/flow/ports';

type Read = Pick<MemberState, 'countAutomations' | 'fetchFullest' | 'fetchQuota'>;

const LIMITS: Readonly<Record<string, number>> = {
  'L-0EA8095F': 60,
  'L-2AEEBF1A': 20,
  'L-2AFB9258': 5,
  'L-09101E66': 100,
};

const holding = (held: number) => () => Promise.resolve(success({ id: 'the-fullest', held }));

const WELL: Read = {
  fetchQuota: (_, code) => Promise.resolve(success(LIMITS[code])),
  fetchFullest: holding(4),
  countAutomations: () => Promise.resolve(success(3)),
};

const runChecks = (changes: Partial<Read> = {}) =>
  checkMemberQuotas({ ...WELL, ...changes } as unknown as MemberState, 'us-east-1');

test('each quota has a line with what is used and what is allowed', async () => {
  expect((await runChecks()).map(({ check, status, found, fix }) => [check, status, found, fix])).toEqual([
    ['quota of rules per security group us-east-1', 'ok', '4 of 60 used, at the most, by the-fullest', ''],
    ['quota of rules per network ACL us-east-1', 'ok', '4 of 20 used, at the most, by the-fullest', ''],
    ['quota of security groups per interface us-east-1', 'ok', '4 of 5 used, at the most, by the-fullest', ''],
    ['quota of automations at once us-east-1', 'ok', '3 of 100 used', ''],
  ]);
});

test('where there is nothing that could be full, none is used', async () => {
  const [rules] = await runChecks({ fetchFullest: () => Promise.resolve(success(undefined)) });
  expect(rules).toMatchObject({ status: 'ok', found: '0 of 60 used' });
});

test('one that is used up has failed, with the request for more as a command', async () => {
  const checks = await runChecks({ fetchFullest: holding(20), countAutomations: () => Promise.resolve(success(100)) });
  expect(checks.filter(({ status }) => status === 'failed').map(({ fix }) => fix)).toEqual(
    [
      ['vpc', 'L-2AEEBF1A', 40],
      ['vpc', 'L-2AFB9258', 10],
      ['ssm', 'L-09101E66', 200],
    ].map(
      ([service, code, value]) =>
        `aws service-quotas request-service-quota-increase --service-code ${String(service)} ` +
        `--quota-code ${String(code)} --desired-value ${String(value)} --region us-east-1`,
    ),
  );
});

const DENIED: PortFailure = { code: 'access-denied', retryable: false, cause: 'not authorized to perform x:Y' };

test.each(['fetchQuota', 'fetchFullest', 'countAutomations'] as const)(
  'without the permission of %s what it tells is unknown, and names the permission',
  async (name) => {
    const unclear = (await runChecks({ [name]: () => Promise.resolve(failure(DENIED)) })).filter(
      ({ status }) => status !== 'ok',
    );
    expect(unclear.length).toBeGreaterThan(0);
    for (const { status, found, fix } of unclear) {
      expect([status, fix]).toEqual(['unknown', expect.stringContaining('docs/doctor.md')]);
      expect(found).toContain('not authorized to perform x:Y');
    }
  },
);
