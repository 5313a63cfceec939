import { billedMillis, priceOf, pricePartsOf, type Operations } from '../../bench/price/price-of';

const NOTHING: Operations = {
  automationSteps: 0,
  lambdaInvocations: 0,
  lambdaGigabyteSeconds: 0,
  durableOperations: 0,
  durableBytesWritten: 0,
  dynamoWriteUnits: 0,
  dynamoReadUnits: 0,
  sqsRequests: 0,
  customEvents: 0,
  logBytes: 0,
};

describe('the price of a remediation', () => {
  test('is nothing for what used nothing', () => {
    expect(priceOf(NOTHING)).toBe(0);
  });

  test.each<[keyof Operations, number, number]>([
    ['automationSteps', 1, 0.002],
    ['lambdaInvocations', 1_000_000, 0.2],
    ['lambdaGigabyteSeconds', 1_000_000, 13.3334],
    ['durableOperations', 1_000_000, 8],
    ['durableBytesWritten', 1024 ** 3, 0.25],
    ['dynamoWriteUnits', 1_000_000, 0.625],
    ['dynamoReadUnits', 1_000_000, 0.125],
    ['sqsRequests', 1_000_000, 0.4],
    ['customEvents', 1_000_000, 1],
    ['logBytes', 1024 ** 3, 0.5],
  ])('counts %s: %d are %d dollars', (what, amount, dollars) => {
    expect(priceOf({ ...NOTHING, [what]: amount })).toBeCloseTo(dollars, 10);
  });

  test('is the sum of its parts, the dearest of which comes first', () => {
    const used: Operations = {
      ...NOTHING,
      automationSteps: 1,
      durableOperations: 21,
      lambdaInvocations: 5,
      sqsRequests: 6,
    };
    const parts = pricePartsOf(used);
    expect(parts.map(({ what }) => what).slice(0, 3)).toEqual(['SSM Automation', 'durable executions', 'SQS']);
    expect(priceOf(used)).toBeCloseTo(0.002 + 0.000168 + 0.000001 + 0.0000024, 12);
  });
});

describe('the time that Lambda bills', () => {
  test.each([
    ['a call', { cpuMillis: 0, calls: 3 }, { memoryMegabytes: 512, callMillis: 50 }, 150],
    [
      'computing on a part of a processor',
      { cpuMillis: 100, calls: 0 },
      { memoryMegabytes: 884.5, callMillis: 50 },
      200,
    ],
    [
      'computing on more than one processor',
      { cpuMillis: 100, calls: 0 },
      { memoryMegabytes: 3_538, callMillis: 50 },
      100,
    ],
    ['a part of a millisecond', { cpuMillis: 0.2, calls: 0 }, { memoryMegabytes: 1_769, callMillis: 50 }, 1],
  ])('counts %s', (_what, invocation, settings, millis) => {
    expect(billedMillis(invocation, settings)).toBe(millis);
  });
});
