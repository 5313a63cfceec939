import { createTimeLeft } from '../../src/channels/time-left';

test.each([
  ['at once', 300, 0, 900],
  ['after a second and a half', 300, 1500, 600],
  ['late', 300, 5000, 600],
])('of the first request a call may take so many milliseconds, %s', (_when, started, later, millis) => {
  let now = started;
  const left = createTimeLeft(() => now);
  left.begin();
  now += later;
  expect(left.ofOneCall()).toBe(millis);
});

test('the start of a container counts for its first request alone, and not where it was started long before', () => {
  let now = 60_000;
  const left = createTimeLeft(() => now);
  left.begin();
  now += 200;
  expect(left.ofOneCall()).toBe(700);
  left.begin();
  now += 1400;
  expect(left.ofOneCall()).toBe(900);
  now += 200;
  expect(left.ofOneCall()).toBe(800);
});
