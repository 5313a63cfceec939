import type { CertificateParts } from '../../../../src/core/certificate/certificate';
import { findFaults, forge } from '../certified';
import { CERTIFICATE, statementsOf, textsOf } from './web-group';

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
    expect(textsOf(certificate)).toEqual([]);
    expect(statementsOf(certificate)).toHaveProperty('closed', `it ended as ${certificate.parts.outcome.outcome}`);
  });

  test('could not tell, and ran something, leaves open what it did', () => {
    const certificate = forge(CERTIFICATE, { after: null, outcome: { outcome: 'could-not-tell', reason: '' } });
    expect(findFaults(certificate).map(({ check, verdict }) => [check, verdict])).toEqual([
      ['nothing-opened', 'could-not-tell'],
      ['smallest-cut', 'could-not-tell'],
    ]);
  });
});
