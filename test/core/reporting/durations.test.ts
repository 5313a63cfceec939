import { quantile, renderDuration, secondsBetween } from '../../../src/core/reporting/durations';

test.each([
  [0, '0 s'],
  [0.4, '0 s'],
  [59.6, '1 min'],
  [42, '42 s'],
  [185, '3 min 5 s'],
  [3_600, '1 h'],
  [3_601, '1 h'],
  [90_061, '1 d 1 h'],
  [40 * 86_400, '40 d'],
])('%d seconds read as %s', (seconds, text) => {
  expect(renderDuration(seconds)).toBe(text);
});

test.each([
  ['2026-11-01T00:00:00Z', '2026-11-01T00:01:00+00:00', 60],
  ['2026-11-01T00:01:00Z', '2026-11-01T00:00:00Z', undefined],
  [undefined, '2026-11-01T00:00:00Z', undefined],
  ['yesterday', '2026-11-01T00:00:00Z', undefined],
])('from %s to %s are %s seconds', (from, until, seconds) => {
  expect(secondsBetween(from, until)).toBe(seconds);
});

test.each([
  [[], 0.5, undefined],
  [[7], 0.9, 7],
  [[3, 1, 2], 0.5, 2],
  [[1, 2, 3, 4], 0.5, 2.5],
  [[10, 0], 0.9, 9],
  // 4.430499999999999 without rounding
  [[4.174, 4.459], 0.9, 4.43],
])('of %j the quantile %d is %s', (values, share, result) => {
  expect(quantile(values, share)).toBe(result);
});
