import { toCanonicalJson } from './canonical-json';
import {
  CERTIFICATE_FORMAT,
  CERTIFICATE_VERSION,
  type Certificate,
  type CertificateContents,
  type CertificateHashes,
  type CertificatePlace,
} from './certificate';

/** SHA-256 of a text's UTF-8 bytes, in hexadecimal digits. Given from outside, for the core has no cryptography. */
export type Sha256 = (text: string) => string;

/** Puts contents into their place in the chain: the same contents in the same place make the same certificate. */
export function sealCertificate(
  { remediationId, parts }: CertificateContents,
  { sequence, previous }: CertificatePlace,
  sha256: Sha256,
): Certificate {
  const hashOf = (part: unknown): string => sha256(toCanonicalJson(part));
  const hashes: CertificateHashes = {
    target: hashOf(parts.target),
    findings: hashOf(parts.findings),
    controls: hashOf(parts.controls),
    decision: hashOf(parts.decision),
    before: hashOf(parts.before),
    beforeLatestPlan: hashOf(parts.beforeLatestPlan),
    prefixLists: hashOf(parts.prefixLists),
    plan: hashOf(parts.plan),
    runs: hashOf(parts.runs),
    after: hashOf(parts.after),
    outcome: hashOf(parts.outcome),
    times: hashOf(parts.times),
  };
  const head = {
    format: CERTIFICATE_FORMAT,
    version: CERTIFICATE_VERSION,
    remediationId,
    sequence,
    previous,
    hashes,
  } as const;
  return {
    format: head.format,
    version: head.version,
    remediationId,
    sequence,
    previous,
    parts,
    hashes,
    hash: hashOf(head),
  };
}
