import { readEvidence } from '../../../../src/core/certificate/verification/evidence';
import { CERTIFICATE } from './web-group';

/** The certificate's text with something else in the place of its findings. */
function withFindings(text: string): unknown {
  return JSON.parse(
    JSON.stringify({ ...CERTIFICATE, parts: { ...CERTIFICATE.parts, findings: '@' } }).replace('"@"', () => text),
  );
}

test.each<[string, unknown, string]>([
  ['nothing', null, 'is not a certificate of Portcullis'],
  ['a list', [], 'is not a certificate of Portcullis'],
  ['another file', { Findings: [] }, 'is not a certificate of Portcullis'],
  ['a later version', { ...CERTIFICATE, version: 2 }, 'is a certificate of version 2; this Portcullis knows version 1'],
  [
    'one of fifty thousand levels',
    withFindings('['.repeat(50_000) + ']'.repeat(50_000)),
    'it nests deeper than 64 levels',
  ],
  ['one with a number beyond all numbers', withFindings('1e400'), 'it holds a number that is too large to be read'],
  [
    'one with a member that no hash covers',
    withFindings('[{"__proto__":"all is well"}]'),
    'it has a member "__proto__"',
  ],
  ['one without a hash', { ...CERTIFICATE, hash: undefined }, 'is not a certificate: Invalid input: expected string'],
])('%s is distinguished from a certificate', (_, value, text) => {
  expect(readEvidence(value)).toMatchObject({ ok: false, error: expect.stringContaining(text) as string });
});
