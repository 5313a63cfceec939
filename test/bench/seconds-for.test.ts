import { secondsFor } from '../../bench/burst/seconds-for';

describe('the seconds that calls take at least', () => {
  test.each([
    ['as many as the burst lets through at once', 30, { burst: 30, perSecond: 10 }, 0],
    ['one more waits for its token', 31, { burst: 30, perSecond: 10 }, 0.1],
    ['25 runbook runs in one account', 25, { burst: 1, perSecond: 1 }, 24],
    ['none', 0, { burst: 1, perSecond: 1 }, 0],
  ])('%s', (_what, calls, quota, seconds) => {
    expect(secondsFor(calls, quota)).toBeCloseTo(seconds, 10);
  });
});
