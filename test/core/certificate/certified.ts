import { createHash } from 'node:crypto';
import type { Certificate } from '../../../src/core/certificate/certificate';
import { toCertificateContents } from '../../../src/core/certificate/making/to-certificate-contents';
import { sealCertificate } from '../../../src/core/certificate/seal-certificate';
import { readEvidence } from '../../../src/core/certificate/verification/evidence';
import type { Statement } from '../../../src/core/certificate/verification/statement';
import { verifyCertificates } from '../../../src/core/certificate/verification/verify-certificates';
import type { Ended } from './on-model';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** As it is after it was stored and read again. */
export function asStored<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

/** As the next one in the chain of its target, behind the one before it. */
export function certify({ record, after }: Ended, before?: Certificate): Certificate {
  const place = { sequence: (before?.sequence ?? 0) + 1, previous: before?.hash ?? null };
  return asStored(sealCertificate(toCertificateContents(record, after), place, sha256));
}

/** All that verification says of the certificates. */
export function verify(...certificates: readonly unknown[]): readonly Statement[] {
  const read = certificates.map((value, index) => {
    const evidence = readEvidence(value);
    if (!evidence.ok) throw new Error(evidence.error);
    return { document: { name: String(index), value }, evidence: evidence.value };
  });
  return verifyCertificates(read, sha256).flatMap(({ statements }) => statements);
}

/** What the certificates say that does not hold, or cannot be told. */
export function findFaults(...certificates: readonly unknown[]): readonly Statement[] {
  return verify(...certificates).filter(({ verdict }) => verdict === 'does-not-hold' || verdict === 'could-not-tell');
}

/** A forger changes parts and computes every hash again. */
export function forge(certificate: Certificate, parts: Partial<Certificate['parts']>): Certificate {
  const { remediationId, sequence, previous } = certificate;
  return sealCertificate({ remediationId, parts: { ...certificate.parts, ...parts } }, { sequence, previous }, sha256);
}
