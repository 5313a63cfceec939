import { RateLimits } from '../../../sandbox/runtime/rate-limits';

const CALL = {
  principal: { kind: 'account', account: '222222222222' },
  account: '222222222222',
  region: 'eu-central-1',
} as const;
const QUOTAS = { ssm: { StartAutomationExecution: { burst: 2, perSecond: 1 } } };

const admittedAt = (limits: RateLimits, ...millis: readonly number[]) =>
  millis.map((at) => limits.admit('ssm', 'StartAutomationExecution', CALL, at));

describe('rate quotas', () => {
  test('let a burst through, and then one call for each token that has come back', () => {
    const limits = new RateLimits(QUOTAS);
    expect(admittedAt(limits, 0, 0, 0)).toEqual([true, true, false]);
    expect(admittedAt(limits, 999, 1_000, 1_001, 2_000)).toEqual([false, true, false, true]);
  });

  test('save up no more than the burst', () => {
    const limits = new RateLimits(QUOTAS);
    expect(admittedAt(limits, 0, 0, 60_000, 60_000, 60_000)).toEqual([true, true, true, true, false]);
  });

  test('take nothing for a call that is refused', () => {
    const limits = new RateLimits(QUOTAS);
    expect(admittedAt(limits, 0, 0, 500, 600, 700, 1_000)).toEqual([true, true, false, false, false, true]);
  });

  test('are kept in each account and Region by itself', () => {
    const limits = new RateLimits(QUOTAS);
    admittedAt(limits, 0, 0);
    const elsewhere = [
      { ...CALL, account: '333333333333' },
      { ...CALL, region: 'us-east-1' },
    ];
    expect(elsewhere.map((call) => limits.admit('ssm', 'StartAutomationExecution', call, 0))).toEqual([true, true]);
    expect(limits.admit('ssm', 'StartAutomationExecution', CALL, 0)).toBe(false);
  });

  test('count calls without filter and pagination in a bucket of their own, where the service does', () => {
    const limits = new RateLimits({
      ec2: { Describe: { burst: 2, perSecond: 1, unfiltered: { burst: 1, perSecond: 1 } } },
    });
    const admitted = (input: object) => limits.admit('ec2', 'Describe', CALL, 0, input);
    expect([{ GroupIds: ['sg-1'] }, { GroupIds: ['sg-1'], Filters: [] }].map(admitted)).toEqual([true, false]);
    const filtered = { Filters: [{ Name: 'group-id', Values: ['sg-1'] }] };
    expect([filtered, { MaxResults: 5 }, filtered].map(admitted)).toEqual([true, true, false]);
  });

  test('do not limit what has none', () => {
    const limits = new RateLimits(QUOTAS);
    expect(Array.from({ length: 50 }, () => limits.admit('ssm', 'GetDocument', CALL, 0))).not.toContain(false);
  });
});
