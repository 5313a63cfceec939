import type { CertificateParts } from '../../../../src/core/certificate/certificate';
import { couldNotTell, notClaimed } from '../../../../src/core/certificate/verification/statement';
import { findFaults, forge, verify } from '../certified';
import { CERTIFICATE } from './web-group';

describe('A remediation that', () => {
  test.each<[string, Partial<CertificateParts>]>([
    ['failed', { after: CERTIFICATE.parts.before, outcome: { outcome: 'failed', reason: 'Denied.' } }],
    ['asked', { after: CERTIFICATE.parts.before, runs: [], outcome: { outcome: 'asked', reason: 'A list.' } }],
    ['found its target gone', { after: null, runs: [], outcome: { outcome: 'not-needed', reason: 'Gone.' } }],
    [
      'could not tell, and ran nothing',
      { before: null, plan: null, after: null, runs: [], outcome: { outcome: 'could-not-tell', reason: '' } },
    ],
  ])('%s claims nothing that does not hold', (_, parts) => {
    const certificate = forge(CERTIFICATE, parts);
    expect(findFaults(certificate)).toEqual([]);
    const { outcome } = certificate.parts.outcome;
    expect(verify(certificate)).toContainEqual(notClaimed('closed', { code: 'ended-otherwise', outcome }));
  });

  test('could not tell, and ran something, leaves open what it did', () => {
    const certificate = forge(CERTIFICATE, { after: null, outcome: { outcome: 'could-not-tell', reason: '' } });
    const missing = { code: 'state-missing', part: 'after' } as const;
    expect(findFaults(certificate)).toEqual([
      couldNotTell('nothing-opened', missing, 'after'),
      couldNotTell('smallest-cut', missing, 'after'),
    ]);
  });
});
