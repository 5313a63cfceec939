import * as fc from 'fast-check';
import { cutText } from '../../../src/core/messages/cut-text';

test('a text that fits stays as it is', () => {
  expect(cutText('12345', 5)).toBe('12345');
});

test('a longer one ends in a sign for it, and never in half a character', () => {
  expect(cutText('123456', 5)).toBe('1234…');
  expect(cutText('123😀56', 5)).toBe('123…');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, length) => {
      const cut = cutText(text, length);
      expect(cut.length).toBeLessThanOrEqual(length);
      // A half of a character is no text that can be encoded.
      expect(() => encodeURIComponent(cut)).not.toThrow();
    }),
  );
});
