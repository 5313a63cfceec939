import { matchesEventPattern, parseEventPattern } from '../../../sandbox/events/event-pattern';
import { thrownBy } from '../small-sandbox';
import { event, invalid, matching } from './event-pattern-cases';

test.each(matching)('%s', (_name, pattern, matches) => {
  expect(matchesEventPattern(parseEventPattern(JSON.stringify(pattern)), event)).toBe(matches);
});

test.each(invalid)('%s is refused', (_name, pattern, reason) => {
  expect(thrownBy(() => parseEventPattern(pattern))).toMatchObject({
    code: 'InvalidEventPatternException',
    message: expect.stringContaining(reason) as string,
  });
});
