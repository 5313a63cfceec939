import { composeNote, shorten } from '../../../src/core/updates/compose-note';
import type { UserDefinedFields } from '../../../src/core/updates/finding-update';
import { mergeUserDefinedFields } from '../../../src/core/updates/merge-user-defined-fields';

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
  test('truncates the details, never the ending', () => {
    const note = composeNote('word '.repeat(200), 'Remediation prm-1.');
    expect(note.length).toBeLessThanOrEqual(512);
    expect(note).toMatch(/word… Remediation prm-1\.$/);
  });

  test.each([
    ['a bell and an escape', 'rings\x07 and \x1b[31mreddens', 'rings\ufffd and \ufffd[31mreddens'],
    ['what turns the writing round', 'for \u202egro.live\u202c', 'for \ufffdgro.live\ufffd'],
    ['half of a character', 'half \ud83d', 'half \ufffd'],
    ['letters that nobody sees', 'a\u{e0041}b', 'a\ufffdb'],
    ['Persian, emoji and accents as they are', 'می‌خواهم 👩‍👩‍👧 é', 'می‌خواهم 👩‍👩‍👧 é'],
  ])('shows of a comment of others %s', (_, comment, shown) => {
    expect(composeNote(`Reason: ${comment}`, `Note of ada: ${comment}`)).toBe(`Reason: ${shown} Note of ada: ${shown}`);
  });

  test('is no longer for it', () => {
    expect(composeNote('\x07'.repeat(600), '\u202e'.repeat(600)).length).toBeLessThanOrEqual(512);
  });
});

test('fields of ours hold nothing that steers or turns what comes after, and those of others stay as they are', () => {
  const decidedBy = 'Slack user \u202eada\x07';
  const { fields } = mergeUserDefinedFields({ theirs: 'x\x07' }, {
    PortcullisDecidedBy: decidedBy,
  } as UserDefinedFields);
  expect(fields).toEqual({ theirs: 'x\x07', PortcullisDecidedBy: 'Slack user \ufffdada\ufffd' });
});
