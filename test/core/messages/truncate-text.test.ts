import * as fc from 'fast-check';
import { truncateText } from '../../../src/core/messages/truncate-text';

test('a text that fits stays as it is', () => {
  expect(truncateText('12345', 5)).toBe('12345');
});

test('a longer one ends in a sign for it, and never in half a character', () => {
  expect(truncateText('123456', 5)).toBe('1234…');
  expect(truncateText('123😀56', 5)).toBe('123…');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, length) => {
      const truncated = truncateText(text, length);
      expect(truncated.length).toBeLessThanOrEqual(length);
      // A half of a character is no text that can be encoded.
      expect(() => encodeURIComponent(truncated)).not.toThrow();
    }),
  );
});
