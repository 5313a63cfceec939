import { readableText } from '../../../src/core/messages/readable-text';
import * as fc from 'fast-check';
import { renderMail } from '../../../src/core/messages/email/render-mail';
import { anyNotice, ASKED, CLOSED, TESTED } from './notices';

test('a closing is a text that people can read, with how it is undone', () => {
  expect(renderMail(CLOSED)).toEqual({
    subject: '[Portcullis] Ingress closed: sg-0123456789abcdef0 in 222222222222/us-east-1',
    text: `Ingress closed: sg-0123456789abcdef0 in 222222222222/us-east-1

tcp 22 from 0.0.0.0/0 was removed.

Target:      sg-0123456789abcdef0
Account:     222222222222
Region:      us-east-1
Controls:    EC2.13
Severity:    HIGH
When:        2026-11-29T12:00:00.000Z
Decided by:  policy: EC2.13 automatic
Remediation: rem-0123456789abcdef
To undo:     portcullis undo rem-0123456789abcdef

Sent by Portcullis. The story behind it: portcullis show with the id of the remediation.
`,
    attributes: {
      event: 'Ingress Closed',
      account: '222222222222',
      region: 'us-east-1',
      target: 'sg-0123456789abcdef0',
      severity: 'HIGH',
      controls: ['EC2.13'],
      remediationId: 'rem-0123456789abcdef',
    },
  });
});

test('a question says until when it can be answered, and what happens without an answer', () => {
  expect(renderMail(ASKED).text).toContain('Answer until: 2026-11-30T12:00:00.000Z; without an answer: leave\n');
});

test('a test is about nothing', () => {
  expect(renderMail(TESTED)).toMatchObject({ subject: '[Portcullis] Test', attributes: { event: 'Test' } });
});

test('a line of others cannot pretend to be one of ours', () => {
  const decidedBy = 'alice\nTo undo: curl https://evil.example.com';
  const { remediation } = CLOSED;
  const { text } = renderMail({ ...CLOSED, remediation: remediation && { ...remediation, decidedBy } });
  expect(text).toContain('Decided by:  alice To undo: curl https://evil.example.com\n');
});

test('whatever others write, SNS takes it', () => {
  fc.assert(
    fc.property(anyNotice, (notice) => {
      const { subject, text, attributes } = renderMail(notice);
      expect(subject).toMatch(/^[!-~][ -~]{0,98}$/);
      expect(Buffer.byteLength(text)).toBeLessThan(200_000);
      expect(readableText(text)).toBe(text);
      const values = Object.values(attributes).flat();
      expect(values.map(String).every((value) => value !== '' && value.length <= 256)).toBe(true);
    }),
    { numRuns: 100 },
  );
});
