import { parseCron } from '../../../sandbox/scheduler/cron-expression';

test.each([
  ['cron(0 7 * * ? *)', '2026-11-29T06:59:59Z', '2026-11-29T07:00:00Z'],
  ['cron(0 7 * * ? *)', '2026-11-29T07:00:00Z', '2026-11-30T07:00:00Z'],
  ['cron(0 6 ? * MON *)', '2026-11-29T07:00:00Z', '2026-11-30T06:00:00Z'],
  ['cron(30 8-10 ? * MON-FRI *)', '2026-11-27T10:31:00Z', '2026-11-30T08:30:00Z'],
  ['cron(0/15 * * * ? *)', '2026-11-29T07:15:00Z', '2026-11-29T07:30:00Z'],
  ['cron(0 0 1,15 * ? *)', '2026-11-29T07:15:00Z', '2026-12-01T00:00:00Z'],
  ['cron(0 0 29 2 ? *)', '2026-11-29T00:00:00Z', '2028-02-29T00:00:00Z'],
])('%s after %s is %s', (text, after, next) => {
  expect(parseCron(text)?.next(Date.parse(after))).toBe(Date.parse(next));
});

test('a year that is over never comes', () => {
  expect(parseCron('cron(0 0 1 1 ? 2020)')?.next(Date.parse('2026-11-29T00:00:00Z'))).toBeUndefined();
});

test.each([
  'cron()',
  'cron(0 7 * * *)',
  'cron(0 7 * * * *)',
  'cron(0 7 ? * ? *)',
  'cron(60 7 * * ? *)',
  'cron(0 7 L * ? *)',
  'rate(1 day)',
])('%s is none', (text) => {
  expect(parseCron(text)).toBeUndefined();
});
