import { MAX_NOTICE_DELIVERIES } from '../../../src/flow/limits';
import { waitSeconds } from '../../../src/flow/notifying/wait-seconds';

test.each([
  [1, 0, 30],
  [2, 0, 60],
  [5, 0, 480],
  [6, 0, 900],
  [24, 0, 900],
  [1, 17, 30],
  [1, 3000.5, 3001],
  [6, 10_000_000, 39_600],
])(
  'after %d deliveries, and a receiver that asks for %d seconds, it comes again in %d',
  (deliveries, asked, seconds) => {
    expect(waitSeconds(deliveries, asked)).toBe(seconds);
  },
);

test('all of them are the five hours that docs/notifications.md promises', () => {
  const pauses = Array.from({ length: MAX_NOTICE_DELIVERIES - 1 }, (_, index) => waitSeconds(index + 1));
  const hours = pauses.reduce((sum, each) => sum + each, 0) / 3600;
  expect(hours).toBeGreaterThan(4.5);
  expect(hours).toBeLessThan(5.5);
});
