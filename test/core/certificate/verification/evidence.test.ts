import { readEvidence } from '../../../../src/core/certificate/verification/evidence';
import { CERTIFICATE } from './web-group';

test.each<[string, unknown, string]>([
  ['nothing', null, 'is not a certificate of Portcullis'],
  ['a list', [], 'is not a certificate of Portcullis'],
  ['another file', { Findings: [] }, 'is not a certificate of Portcullis'],
  ['a later version', { ...CERTIFICATE, version: 2 }, 'is a certificate of version 2; this Portcullis knows version 1'],
  ['one without a hash', { ...CERTIFICATE, hash: undefined }, 'is not a certificate: Invalid input: expected string'],
])('%s is told apart from a certificate', (_, value, text) => {
  expect(readEvidence(value)).toMatchObject({ ok: false, error: expect.stringContaining(text) as string });
});
