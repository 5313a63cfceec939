import { composeNote, shorten } from '../../../src/core/updates/compose-note';

describe('shorten', () => {
  test.each([
    ['short', 10, 'short'],
    ['exactly ten', 11, 'exactly ten'],
    ['one two three', 10, 'one two…'],
    ['one two, three', 10, 'one two…'],
    ['abcdefghijkl', 6, 'abcde…'],
    ['abcd😀efgh', 6, 'abcd…'],
  ])('makes of %j in %i characters %j', (text, characters, short) => {
    expect(shorten(text, characters)).toBe(short);
  });
});

describe('composeNote', () => {
  test('cuts the details, never the ending', () => {
    const note = composeNote('word '.repeat(200), 'Remediation prm-1.');
    expect(note.length).toBeLessThanOrEqual(512);
    expect(note).toMatch(/word… Remediation prm-1\.$/);
  });
});
