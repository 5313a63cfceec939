import { readComment, signComment } from '../../../../src/core/findings/ocsf/comment-signature';

const AT = '2026-11-29T12:00:00.123Z';
const ID = 'rem-0123456789abcdef';

test('a comment ends in who wrote it, the outcome, when, and the remediation', () => {
  expect(signComment('Closed.', { at: AT, outcome: 'closed', remediationId: ID })).toBe(
    `Closed. [Portcullis closed 2026-11-29T12:00:00Z ${ID}]`,
  );
});

test.each([
  { signature: { at: '2026-11-29T12:00:00Z', outcome: 'closed', remediationId: ID } },
  { signature: { at: '2026-11-29T12:00:00Z', outcome: 'exception-ended' } },
  { signature: { at: '2026-11-29T12:00:00Z', remediationId: ID } },
  { signature: { at: '2026-11-29T12:00:00Z' } },
])('what is signed is read back: $signature', ({ signature }) => {
  for (const text of ['Closed.', 'two\nlines [with brackets]', 'x [Portcullis closed]']) {
    expect(readComment(signComment(text, signature))).toEqual({ text, signature });
  }
});

test.each([
  'somebody wrote this',
  'Portcullis closed it',
  `[Portcullis closed 2026-11-29T12:00:00Z ${ID}] and more`,
  '[Portcullis closed yesterday]',
  `[portcullis closed 2026-11-29T12:00:00Z ${ID}]`,
  '',
])('"%s" is not ours', (comment) => {
  expect(readComment(comment)).toEqual({ text: comment, signature: undefined });
});

test('a long note is truncated, and its signature stays whole within the 512 characters of a comment', () => {
  const comment = signComment('word '.repeat(200), { at: AT, outcome: 'could-not-tell', remediationId: ID });
  expect(comment.length).toBeLessThanOrEqual(512);
  expect(readComment(comment)).toMatchObject({
    text: expect.stringMatching(/word…$/) as string,
    signature: { outcome: 'could-not-tell', remediationId: ID },
  });
});
